// SPDX-License-Identifier: Apache-2.0

/// Looks whether the configured GPIO lines are there, without taking them.
///
/// Whether the agent could take them is known only when it does: the file may be meant for another machine, and the
/// agent that runs already has them.
enum PinCheck {
    /// A sentence for each line that the agent would not get on this machine now.
    static func warnings(_ pins: PinsConfiguration, board: any PinBoard) -> [String] {
        pins.lines.compactMap { key, settings in
            let purpose = "pins.\(key)"
            do throws(PinError) {
                guard let user = try board.find(settings.address).user, user != GPIOBoard.consumer else { return nil }
                let name = user.isEmpty ? "another program" : "'\(user)'"
                return PinError(
                    .busy, place: "'\(settings.address)'", message: "\(name) has the line",
                    remedy: "stop it before the agent starts, or choose another line"
                ).of(purpose).description
            } catch {
                return error.of(purpose).description
            }
        }
    }
}
