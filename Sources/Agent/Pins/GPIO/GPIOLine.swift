// SPDX-License-Identifier: Apache-2.0

import CGPIOD
import Camera
import Glibc
import Synchronization

/// A line of a GPIO chip that the agent has taken.
final class GPIOLine: PinInput, PinOutput {
    /// Asks the shim for the line: 0 and the line, or the negative error number.
    typealias Request = @Sendable (_ line: inout OpaquePointer?) -> Int32

    private let address: PinAddress
    private let request: Request
    /// The shim's line; nil after it could not be taken again. Whoever waits for an edge keeps others waiting: a line
    /// has one user.
    private let line = Mutex<OpaquePointer?>(nil)

    /// Takes a line.
    init(_ address: PinAddress, request: @escaping Request) throws(PinError) {
        self.address = address
        self.request = request
        try retake()
    }

    deinit { line.withLock { line in line.map { cgpiod_release($0) } } }

    func retake() throws(PinError) {
        try check(
            line.withLock { line in
                line.map { cgpiod_release($0) }
                line = nil
                return request(&line)
            })
    }

    func read() throws(PinError) -> Bool {
        try check(line.withLock { $0.map { cgpiod_read($0) } ?? -ENODEV }) != 0
    }

    func set(isActive: Bool) throws(PinError) {
        try check(line.withLock { $0.map { cgpiod_set($0, isActive ? 1 : 0) } ?? -ENODEV })
    }

    func nextEdge(withinSeconds seconds: Double) throws(PinError) -> PinEdge? {
        var edge = cgpiod_edge()
        let milliseconds = Int32(max(0, min(seconds, 3600)) * 1000)
        let result = line.withLock { $0.map { cgpiod_wait_edge($0, milliseconds, &edge) } ?? -ENODEV }
        guard try check(result) > 0 else { return nil }
        return PinEdge(
            instant: MonotonicInstant(nanosecondsSinceBoot: edge.monotonic_nanoseconds), isActive: edge.is_active != 0)
    }

    @discardableResult
    private func check(_ result: Int32) throws(PinError) -> Int32 {
        guard result >= 0 else { throw PinError.system(-result, address: address) }
        return result
    }
}
