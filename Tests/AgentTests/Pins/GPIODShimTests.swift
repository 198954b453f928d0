// SPDX-License-Identifier: Apache-2.0

import CGPIOD
import CGPIODTrials
import Glibc
import Testing

/// The shim over an imitation of each version of libgpiod: both behave alike. The board is one for the whole program,
/// so one test at a time uses it.
@Suite(.serialized) struct GPIODShimTests {
    init() { board_reset() }

    private func shim(_ major: Int32) -> trial_shim { trial_shim(major).pointee }

    private func input(
        _ address: String, _ shim: trial_shim, debounceMicroseconds: UInt32 = 0, isActiveLow: Bool = false,
        bias: cgpiod_bias = .CGPIOD_BIAS_AS_IS, edges: cgpiod_edges = .CGPIOD_EDGES_BOTH
    ) throws -> OpaquePointer {
        var settings = cgpiod_settings(
            bias: bias, is_active_low: isActiveLow ? 1 : 0, edges: edges, debounce_microseconds: debounceMicroseconds)
        var line: OpaquePointer?
        try #require(shim.request_input(address, "test", &settings, &line) == 0)
        return try #require(line)
    }

    private let millisecond: Int64 = 1_000_000

    @Test(arguments: [1, 2] as [Int32])
    func `A line is found by name, and by number, name, path and label of its chip`(major: Int32) {
        let shim = shim(major)
        for address in ["relay", "2:5", "gpiochip2:5", "/dev/gpiochip2:5", "expander:5"] {
            var place = cgpiod_place()
            #expect(shim.find(address, &place) == 0, "\(address)")
            #expect(place.offset == 5 && place.is_used == 0)
            #expect(
                withUnsafeBytes(of: place.chip) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                    == "gpiochip2")
        }
        #expect(board_objects() == 0)
    }

    @Test(arguments: [1, 2] as [Int32])
    func `What is not there, busy or forbidden is said with its error number`(major: Int32) {
        let shim = shim(major)
        board_occupy(2, 5, "fan")
        var settings = cgpiod_settings()
        var line: OpaquePointer?
        for (address, error) in [
            ("window", ENOENT), ("gpiochip1:0", ENOENT), ("gpiochip0:8", EINVAL), ("", EINVAL), (":3", EINVAL),
            ("gpiochip0:99999", EINVAL), ("relay", EBUSY),
        ] {
            #expect(shim.request_input(address, "test", &settings, &line) == -error, "\(address)")
            #expect(shim.request_output(address, "test", &settings, 1, &line) == -error, "\(address)")
        }
        board_forbid(0, EACCES)
        #expect(shim.request_input("gpiochip0:3", "test", &settings, &line) == -EACCES)
        // The line may be on the chip that may not be opened: that is the likelier reason.
        #expect(shim.request_input("window", "test", &settings, &line) == -EACCES)
        var place = cgpiod_place()
        #expect(shim.find("relay", &place) == 0 && place.is_used == 1)
        #expect(withUnsafeBytes(of: place.consumer) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) } == "fan")
        #expect(board_objects() == 0)
    }

    @Test(arguments: [1, 2] as [Int32])
    func `An input reads levels and gives edges with their times until it is given back`(major: Int32) throws {
        let shim = shim(major)
        let line = try input("roof", shim, bias: .CGPIOD_BIAS_PULL_UP)
        #expect(board_is_taken(0, 3) == 1 && board_bias(0, 3) == .CGPIOD_BIAS_PULL_UP)
        #expect(shim.read(line) == 0)
        var edge = cgpiod_edge()
        #expect(shim.wait_edge(line, 100, &edge) == 0)
        let start = board_now()
        board_pull(0, 3, 1, start + 5 * millisecond)
        board_pull(0, 3, 0, start + 6 * millisecond)
        #expect(shim.wait_edge(line, 100, &edge) == 1)
        #expect(edge.is_active == 1 && edge.monotonic_nanoseconds == start + 5 * millisecond)
        #expect(shim.wait_edge(line, 100, &edge) == 1)
        #expect(edge.is_active == 0 && edge.monotonic_nanoseconds == start + 6 * millisecond)
        #expect(shim.wait_edge(line, 0, &edge) == 0)
        shim.release(line)
        #expect(board_is_taken(0, 3) == 0 && board_objects() == 0)
    }

    @Test(arguments: [1, 2] as [Int32])
    func `Active may be low, and only activations may be asked for`(major: Int32) throws {
        let shim = shim(major)
        let line = try input("roof", shim, isActiveLow: true, edges: .CGPIOD_EDGES_ACTIVATION)
        #expect(shim.read(line) == 1)
        let start = board_now()
        board_pull(0, 3, 1, start + millisecond)
        board_pull(0, 3, 0, start + 2 * millisecond)
        var edge = cgpiod_edge()
        #expect(shim.wait_edge(line, 10, &edge) == 1 && edge.is_active == 1)
        #expect(edge.monotonic_nanoseconds == start + 2 * millisecond)
        #expect(shim.wait_edge(line, 10, &edge) == 0)
        shim.release(line)
    }

    @Test(arguments: [1, 2] as [Int32])
    func `An output has its first level at once and follows`(major: Int32) throws {
        let shim = shim(major)
        var settings = cgpiod_settings()
        settings.is_active_low = 1
        var taken: OpaquePointer?
        #expect(shim.request_output("relay", "test", &settings, 1, &taken) == 0)
        let line = try #require(taken)
        #expect(board_is_high(2, 5) == 0)
        #expect(shim.set(line, 0) == 0 && board_is_high(2, 5) == 1)
        #expect(shim.read(line) == 0)
        shim.release(line)
        #expect(board_objects() == 0)
    }

    @Test func `Version 2 leaves debouncing to the kernel, and debouncing wants both edges`() throws {
        let line = try input("roof", shim(2), debounceMicroseconds: 20_000)
        #expect(board_kernel_debounce(0, 3) == 20_000)
        shim(2).release(line)
        var settings = cgpiod_settings(
            bias: .CGPIOD_BIAS_AS_IS, is_active_low: 0, edges: .CGPIOD_EDGES_ACTIVATION, debounce_microseconds: 1)
        var other: OpaquePointer?
        #expect(shim(1).request_input("roof", "test", &settings, &other) == -EINVAL)
        #expect(shim(2).request_input("roof", "test", &settings, &other) == -EINVAL)
    }

    @Test func `Version 1 debounces by itself: a bouncing switch is one edge, once it stands`() throws {
        let shim = shim(1)
        let line = try input("roof", shim, debounceMicroseconds: 20_000)
        let start = board_now()
        for (milliseconds, level) in [(1, 1), (3, 0), (4, 1), (6, 0), (9, 1)] as [(Int64, Int32)] {
            board_pull(0, 3, level, start + milliseconds * millisecond)
        }
        var edge = cgpiod_edge()
        // It has not stood for long enough yet.
        #expect(shim.wait_edge(line, 25, &edge) == 0 && shim.read(line) == 0)
        #expect(shim.wait_edge(line, 100, &edge) == 1)
        #expect(edge.is_active == 1 && edge.monotonic_nanoseconds == start + 29 * millisecond)
        #expect(shim.read(line) == 1)
        // A spike and back is nothing.
        board_pull(0, 3, 0, board_now() + millisecond)
        board_pull(0, 3, 1, board_now() + 3 * millisecond)
        #expect(shim.wait_edge(line, 200, &edge) == 0 && shim.read(line) == 1)
        shim.release(line)
    }

    @Test func `Version 1 debounces edges that nobody has read for long by their own times`() throws {
        let shim = shim(1)
        let line = try input("roof", shim, debounceMicroseconds: 20_000)
        let start = board_now()
        board_pull(0, 3, 1, start + millisecond)
        board_pull(0, 3, 0, start + 500 * millisecond)
        board_advance(1000 * millisecond)
        var edge = cgpiod_edge()
        #expect(shim.wait_edge(line, 0, &edge) == 1)
        #expect(edge.is_active == 1 && edge.monotonic_nanoseconds == start + 21 * millisecond)
        #expect(shim.wait_edge(line, 0, &edge) == 1)
        #expect(edge.is_active == 0 && edge.monotonic_nanoseconds == start + 520 * millisecond)
        shim.release(line)
    }

    @Test func `Version 1 notices a change whose edge was lost when it reads`() throws {
        let shim = shim(1)
        let line = try input("roof", shim, debounceMicroseconds: 20_000)
        board_pull(0, 3, 1, board_now())
        board_lose_edges(0, 3)
        var edge = cgpiod_edge()
        #expect(shim.wait_edge(line, 100, &edge) == 0)
        #expect(shim.read(line) == 0)
        #expect(shim.wait_edge(line, 100, &edge) == 1 && edge.is_active == 1)
        #expect(shim.read(line) == 1)
        shim.release(line)
    }
}
