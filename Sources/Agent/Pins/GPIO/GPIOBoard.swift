// SPDX-License-Identifier: Apache-2.0

import CGPIOD
import Glibc

/// The GPIO chips of this machine, through libgpiod.
public struct GPIOBoard: PinBoard {
    /// How the agent calls itself to others who want one of its lines.
    static let consumer = "psws-agent"

    /// The chips of this machine.
    public init() {}

    /// Looks for a line on all chips, or on the one that is named.
    public func find(_ address: PinAddress) throws(PinError) -> PinPlace {
        var place = cgpiod_place()
        let result = cgpiod_find(address.description, &place)
        if result < 0 { throw PinError.system(-result, address: address) }
        return PinPlace(
            chip: text(place.chip), offset: Int(place.offset), user: place.is_used != 0 ? text(place.consumer) : nil)
    }

    /// Takes a line as an input.
    public func input(_ settings: PinSettings, edges: PinEdges) throws(PinError) -> any PinInput {
        var request = request(settings)
        request.edges = edges == .both ? .CGPIOD_EDGES_BOTH : .CGPIOD_EDGES_ACTIVATION
        let microseconds = max(0, min(1000, settings.debounceSeconds)) * 1e6
        request.debounce_microseconds = edges == .both ? UInt32(microseconds) : 0
        return try GPIOLine(settings.address) { [request] line in
            withUnsafePointer(to: request) {
                cgpiod_request_input(settings.address.description, Self.consumer, $0, &line)
            }
        }
    }

    /// Takes a line as an output.
    public func output(_ settings: PinSettings, isActive: Bool) throws(PinError) -> any PinOutput {
        let request = request(settings)
        return try GPIOLine(settings.address) { line in
            withUnsafePointer(to: request) {
                cgpiod_request_output(settings.address.description, Self.consumer, $0, isActive ? 1 : 0, &line)
            }
        }
    }

    private func request(_ settings: PinSettings) -> cgpiod_settings {
        var request = cgpiod_settings()
        request.is_active_low = settings.isActiveLow ? 1 : 0
        request.bias =
            switch settings.bias {
            case .asIs: .CGPIOD_BIAS_AS_IS
            case .disabled: .CGPIOD_BIAS_DISABLED
            case .pullUp: .CGPIOD_BIAS_PULL_UP
            case .pullDown: .CGPIOD_BIAS_PULL_DOWN
            }
        return request
    }

    /// The text in a C array of characters, up to its terminator.
    private func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

extension PinError {
    /// The error of a call on a line.
    static func system(_ number: Int32, address: PinAddress) -> PinError {
        let place = "'\(address)'"
        switch number {
        case ENOENT, ENODEV, ENXIO, ENOTTY, EINVAL:
            return PinError(
                .missing, place: place, message: "there is no such GPIO line",
                remedy: "`gpioinfo` lists the lines of this machine; write a name or chip:offset")
        case EBUSY:
            return PinError(
                .busy, place: place, message: "another program has the line",
                remedy: "`gpioinfo` names it; stop it, or remove the device-tree overlay that takes the line")
        case EACCES, EPERM:
            return PinError(
                .forbidden, place: place, message: "permission denied",
                remedy: "add the user that runs this to the group that owns /dev/gpiochip*, `gpio` on most boards")
        case EOPNOTSUPP:
            return PinError(
                .unsupported, place: place, message: "the chip cannot do this",
                remedy: "leave bias at as_is and use a resistor, or another line")
        default:
            return PinError(
                .inputOutput, place: place, message: "the line failed: \(String(cString: strerror(number)))")
        }
    }
}
