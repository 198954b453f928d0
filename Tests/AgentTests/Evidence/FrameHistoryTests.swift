// SPDX-License-Identifier: Apache-2.0

import Agent
import Camera
import Testing

@Suite struct FrameHistoryTests {
    private func frame(_ index: Int, width: Int = 100) throws -> Frame {
        let format = try #require(FrameFormat(width: width, height: 10, bitsPerSample: 8))
        return Frame(format: format, index: index, time: nil, buffer: PixelBuffer(byteCount: format.byteCount))
    }

    @Test func `The budget is kept and the newest three quarters are complete`() throws {
        var history = FrameHistory(byteBudget: 16_000)
        for index in 0..<1000 {
            history.append(try frame(index))
            #expect(history.byteCount <= 16_000)
        }
        #expect(history.frameCount == 16)
        for index in 988..<1000 { #expect(history.frame(at: index)?.index == index) }
    }

    @Test func `Older frames reach further back with growing gaps`() throws {
        var history = FrameHistory(byteBudget: 16_000)
        for index in 0..<1000 { history.append(try frame(index)) }
        let indices = history.frames(in: 0...999).map(\.index)
        let oldest = try #require(indices.first)
        #expect(oldest < 980, "nothing is gained over a plain ring: \(indices)")
        #expect(oldest > 800, "the oldest frame is stuck: \(indices)")
        #expect(indices == indices.sorted())
    }

    @Test func `A frame larger than the budget is held alone`() throws {
        var history = FrameHistory(byteBudget: 10)
        history.append(try frame(0))
        history.append(try frame(1))
        #expect(history.indexRange == 1...1)
        #expect(history.frameCount == 1)
    }

    @Test func `Another format or an earlier number begins anew`() throws {
        var history = FrameHistory(byteBudget: 1_000_000)
        history.append(try frame(5))
        history.append(try frame(6, width: 50))
        #expect(history.indexRange == 6...6)
        history.append(try frame(2, width: 50))
        #expect(history.indexRange == 2...2)
        #expect(history.byteCount == 500)
    }

    @Test func `Frames that were dropped on the way are simply not there`() throws {
        var history = FrameHistory(byteBudget: 1_000_000)
        for index in [3, 4, 9, 10] { history.append(try frame(index)) }
        #expect(history.frame(at: 5) == nil)
        #expect(history.frames(in: 4...9).map(\.index) == [4, 9])
        #expect(history.frames(in: 20...30).isEmpty)
    }

    @Test func `Frames that left the history give their memory back to the pool`() throws {
        let format = try #require(FrameFormat(width: 100, height: 10, bitsPerSample: 8))
        var pool = FramePool(format: format)
        var history = FrameHistory(byteBudget: 8000)
        for index in 0..<200 {
            history.append(Frame(format: format, index: index, time: nil, buffer: pool.obtain()))
        }
        #expect(pool.bufferCount <= 9)
    }
}
