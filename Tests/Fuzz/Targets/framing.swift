// SPDX-License-Identifier: Apache-2.0

import NIOCore

@testable import VTP

/// What came out of a byte stream.
private struct Outcome: Equatable {
    var messages: [[UInt8]] = []
    var error: VTPError?

    init(_ pieces: [ArraySlice<UInt8>], maximumBytes: Int) {
        let processor = NIOSingleStepByteToMessageProcessor(FrameDecoder(maximumBytes: maximumBytes))
        do {
            for piece in pieces {
                try processor.process(buffer: ByteBuffer(bytes: piece)) { messages.append(Array($0.readableBytesView)) }
            }
            try processor.finishProcessing(seenEOF: true) { messages.append(Array($0.readableBytesView)) }
        } catch {
            guard let error = error as? VTPError else { fatalError("an untyped error: \(error)") }
            self.error = error
        }
    }
}

/// Two bytes for the size limit, one for the places where the network cuts, then the stream.
///
/// Promises: where the stream is cut does not matter; what was decoded is what stands in the stream, none of it above the
/// limit; a stream that ends between messages is no error.
@_cdecl("LLVMFuzzerTestOneInput")
public func framing(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    guard bytes.count >= 3 else { return 0 }
    let maximumBytes = 1 + Int(bytes[0]) << 8 + Int(bytes[1])
    let stream = Array(bytes[3...])

    let outcome = Outcome([stream[...]], maximumBytes: maximumBytes)
    let cut = Outcome(stream.pieces(seed: UInt64(bytes[2])), maximumBytes: maximumBytes)
    promise(outcome == cut, "cut in pieces the stream reads otherwise: \(outcome) and \(cut)")
    promise(outcome.messages.allSatisfy { (1...maximumBytes).contains($0.count) }, "a message of a wrong size")
    let framed = outcome.messages.flatMap { message in
        (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (24 - 8 * $0)) } + message
    }
    promise(stream.starts(with: framed), "the messages are not what stands in the stream")
    promise((outcome.error == nil) == (framed.count == stream.count), "\(stream.count - framed.count) bytes are left")
    return 0
}
