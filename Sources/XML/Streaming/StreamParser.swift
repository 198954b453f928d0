// SPDX-License-Identifier: Apache-2.0
import CXML2

/// Gives a stream to libxml2 tag by tag, and content of a simple form past it to the handler.
///
/// A class because C calls back with a pointer to it.
final class StreamParser {
    let handler: any XMLStreamHandler
    let limits: XMLLimits
    /// Why the reading ends.
    var failure: XMLError?
    /// Elements that are open, with their place.
    var open: [XMLStreamElement] = []
    /// The element whose attributes are still coming.
    var announced: XMLStreamElement?
    /// libxml2 keeps each name once: the pointer tells the string.
    var names: [UnsafePointer<CChar>: String] = [:]

    private let stream: OpaquePointer
    /// Place of the first byte of `window`.
    private var origin = StreamPosition()
    /// The last place that was asked for, at or after `origin`.
    private var latest = StreamPosition()
    /// What lies in memory of the stream during a call.
    private var window = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Bytes of the window that libxml2 has been given.
    private var fedCount = 0
    /// Bytes of the stream that libxml2 never saw.
    private var skipped = 0
    private var attributes = AttributeCount()

    /// Longest tag, comment or piece of text, in bytes, that is waited for.
    private static let maximumTokenBytes = 9_000_000

    init(limits: XMLLimits, handler: any XMLStreamHandler) throws(XMLError) {
        self.limits = limits
        self.handler = handler
        var callbacks = StreamParser.callbacks
        guard let stream = cxml2_stream_create(&callbacks) else {
            throw XMLError(.memory, message: "no memory to read the document")
        }
        self.stream = stream
    }

    deinit { cxml2_stream_free(stream) }

    /// Deals with bytes, the first of which follows the last that was dealt with; returns how many are done. The rest
    /// must come again, with more behind it.
    func process(_ bytes: Span<UInt8>) throws(XMLError) -> Int {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<Int, XMLError> in
            window = buffer
            do throws(XMLError) { return .success(try run()) } catch { return .failure(error) }
        }
        window = UnsafeBufferPointer(start: nil, count: 0)
        return try result.get()
    }

    /// Deals with the last bytes and the end of the document.
    func finish(_ bytes: Span<UInt8>) throws(XMLError) {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<Void, XMLError> in
            window = buffer
            do throws(XMLError) {
                try give(buffer.count - fedCount, isLast: true)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        window = UnsafeBufferPointer(start: nil, count: 0)
        try result.get()
    }

    /// Line and column of a byte of the stream that lies in the window.
    func place(ofParsed offset: Int) -> (line: Int, column: Int) {
        let absolute = min(max(offset + skipped, origin.offset), origin.offset + window.count)
        if absolute < latest.offset || latest.offset < origin.offset { latest = origin }
        latest.advance(
            over: UnsafeBufferPointer(rebasing: window[(latest.offset - origin.offset)..<(absolute - origin.offset)]))
        return (latest.line, latest.column)
    }

    private func run() throws(XMLError) -> Int {
        var start = 0
        while fedCount < window.count {
            if isIdle, handler.takesContent {
                let taken = try offer(from: fedCount)
                fedCount += taken.count
                skipped += taken.count
                start = fedCount
                if taken.needsMore, window.count - fedCount < StreamParser.maximumTokenBytes { break }
                if fedCount == window.count { break }
            }
            try give(nextSlice(waiting: fedCount - start), isLast: false)
            start = max(start, consumedCount)
        }
        // Whatever libxml2 still holds back stays in the window, so that places in it can be told.
        let done = isIdle ? fedCount : min(consumedCount, fedCount)
        origin.advance(over: UnsafeBufferPointer(rebasing: window[..<done]))
        fedCount -= done
        guard fedCount < StreamParser.maximumTokenBytes else {
            throw XMLError(
                .limit, line: origin.line, column: origin.column,
                message: "what begins here is longer than the limit of \(StreamParser.maximumTokenBytes) bytes")
        }
        return done
    }

    /// True if libxml2 holds nothing back.
    private var isIdle: Bool { consumedCount == fedCount && !open.isEmpty }

    /// Bytes of the window that are dealt with.
    private var consumedCount: Int { Int(cxml2_stream_offset(stream)) + skipped - origin.offset }

    private func offer(from index: Int) throws(XMLError) -> XMLContentTaken {
        let rest = UnsafeBufferPointer(rebasing: window[index...])
        return try handler.takeContent(rest.span) { offset in
            let there = origin.advanced(over: UnsafeBufferPointer(rebasing: window[..<(index + offset)]))
            return (there.line, there.column)
        }
    }

    /// Up to the end of the next tag. As long as a tag does not end, pieces double: each costs a look at what waits.
    private func nextSlice(waiting: Int) -> Int {
        let rest = UnsafeBufferPointer(rebasing: window[fedCount...])
        let end = rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? rest.count
        return min(max(end, waiting > 4096 ? waiting : 0), rest.count)
    }

    private func give(_ count: Int, isLast: Bool) throws(XMLError) {
        let slice = UnsafeBufferPointer(rebasing: window[fedCount..<(fedCount + count)])
        attributes.add(slice)
        if attributes.count > limits.maximumAttributesPerElement {
            let place = place(ofParsed: Int(cxml2_stream_offset(stream)))
            throw XMLError(
                .limit, line: place.line, column: place.column,
                message: "an element has more attributes than the limit of \(limits.maximumAttributesPerElement)")
        }
        fedCount += count
        let isGood = slice.withMemoryRebound(to: CChar.self) {
            cxml2_stream_feed(
                stream, $0.baseAddress, $0.count, isLast ? 1 : 0, Unmanaged.passUnretained(self).toOpaque())
        }
        announce()
        if let failure { throw failure }
        guard isGood == 1 else { throw XMLError(.notWellFormed, message: "not well-formed") }
        if consumedCount == fedCount { attributes.reset() }
    }
}
