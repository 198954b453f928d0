// SPDX-License-Identifier: Apache-2.0

import NIOCore
import UTC

@testable import VTP

/// A message between peers.
///
/// Promises: what is accepted, written and read again is equal, but for fractions of a second; a glance at a message never
/// says acknowledgement where the parser says something else.
@_cdecl("LLVMFuzzerTestOneInput")
public func transport(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    var glance = TransportGlance()
    let looksAcknowledging = glance.isAcknowledgement(ByteBuffer(bytes: bytes))
    let message: TransportMessage
    do throws(VTPError) {
        message = try TransportMessage(parsing: bytes)
    } catch {
        promise(error.code == .garbled && error.description.utf8.count < 2000, "an error of another kind: \(error)")
        return 0
    }
    promise(!looksAcknowledging || message.role == .ack, "the glance took \(message.role) for an acknowledgement")

    let written = message.bytes()
    do throws(VTPError) {
        let again = try TransportMessage(parsing: written)
        let wholeSeconds = TransportMessage(
            role: message.role, origin: message.origin, response: message.response,
            timeStamp: message.timeStamp.flatMap { UTCInstant(iso8601: $0.iso8601(fractionDigits: 0)) },
            parameters: message.parameters, result: message.result)
        promise(again == wholeSeconds, "read again it is \(again), it was \(message)")
        promise(again.bytes() == written, "written again it is \(again.bytes())")
    } catch {
        fatalError("what was written cannot be read: \(error)")
    }
    return 0
}
