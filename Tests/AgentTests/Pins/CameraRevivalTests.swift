// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization
import Testing

@testable import Agent

@Suite struct CameraRevivalTests {
    private func failure(_ code: CameraError.Code) -> CameraError {
        CameraError(code, place: "/dev/video0", message: "trouble")
    }

    /// Seconds at which a camera that fails every second, from 0 on, is switched off and on.
    ///
    /// - Parameter frames: frames before the failure at a second.
    private func cycles(_ code: CameraError.Code, seconds: Int, frames: (_ second: Int) -> Int) -> [Int] {
        var revival = CameraRevival()
        return (0..<seconds).filter {
            revival.needsCycle(after: failure(code), framesBefore: frames($0), now: Double($0))
        }
    }

    @Test func `A frozen camera is switched off and on at once`() {
        #expect(cycles(.frozen, seconds: 60) { _ in 500 } == [0])
    }

    @Test(arguments: [CameraError.Code.stalled, .disconnected, .cannotOpen, .inputOutput])
    func `A camera that opening does not bring back is switched with its fifth failure`(code: CameraError.Code) {
        #expect(cycles(code, seconds: 60) { $0 == 0 ? 99 : 0 } == [4])
    }

    @Test func `Frames between failures begin the count anew`() {
        #expect(cycles(.stalled, seconds: 200) { $0 % 4 == 0 ? 1 : 0 } == [])
    }

    @Test(arguments: [CameraError.Code.unsupported, .unknownFormat, .forbidden, .busy])
    func `What power does not change is no reason`(code: CameraError.Code) {
        #expect(cycles(code, seconds: 200) { _ in 0 } == [])
    }

    @Test func `A camera that stays frozen is switched ever less often, once an hour at the least`() {
        let times = cycles(.frozen, seconds: 12 * 3600) { _ in 9 }
        let waits = zip(times.dropFirst(), times).map { $0 - $1 }
        // An hour without a cycle is a new beginning: the series repeats.
        #expect(Array(waits.prefix(8)) == [60, 120, 240, 480, 960, 1920, 3600, 60])
    }

    @Test func `The relay goes off, waits and goes on again, and the cycle is told and counted`() async throws {
        let relay = VirtualOutput()
        let journal = Journal()
        let configuration = try #require(
            PinsConfigurationTests.decode("camera_power: {line: relay, off: 3 s}").cameraPower)
        let power = try CameraPower(
            configuration, board: VirtualBoard(outputs: ["relay": relay]), logger: journal.logger)
        #expect(relay.levels == [true])
        let waited = Mutex<[Double]>([])
        let isRevived = await power.revive(after: failure(.frozen), framesBefore: 9, now: 0) { seconds in
            #expect(relay.levels == [true, false])
            waited.withLock { $0.append(seconds) }
        }
        #expect(isRevived && relay.levels == [true, false, true] && waited.withLock { $0 } == [3])
        #expect(journal.lines.first == "warning: /dev/video0: trouble; switching the camera off for 3.0 s")
        #expect(power.metrics.first?.samples.first?.value == 1)
        #expect(await !power.revive(after: failure(.frozen), framesBefore: 9, now: 1) { _ in })
    }
}
