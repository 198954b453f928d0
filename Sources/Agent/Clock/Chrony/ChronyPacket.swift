// SPDX-License-Identifier: Apache-2.0

/// The two packets with which chrony is asked for its tracking.
///
/// A request is as long as its answer, so that nobody can be flooded by way of chrony. Numbers are in network order;
/// fractions have a format of chrony's own.
///
/// - Reference: chrony's `candm.h` (`CMD_Request`, `CMD_Reply`, `RPY_Tracking`) and `util.c`
///   (`UTI_FloatNetworkToHost`), protocol version 6.
enum ChronyPacket {
    /// Bytes of both packets.
    static let length = 104

    private static let version: UInt8 = 6
    private static let request: UInt8 = 1
    private static let reply: UInt8 = 2
    private static let trackingRequest: UInt16 = 33
    private static let trackingReply: UInt16 = 5
    /// `LEAP_Unsynchronised`.
    private static let unsynchronised: UInt16 = 3
    /// `IPADDR_INET4`.
    private static let internetAddress: UInt16 = 1
    /// Reference of a chrony that follows nothing but the clock itself (`local` in its configuration).
    private static let itself: UInt32 = 0x7F7F_0101

    /// The request for the tracking; the answer has the same sequence number.
    static func trackingRequest(sequence: UInt32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        bytes[0] = version
        bytes[1] = request
        bytes[5] = UInt8(trackingRequest)
        for place in 0..<4 { bytes[8 + place] = UInt8(truncatingIfNeeded: sequence >> (24 - 8 * place)) }
        return bytes
    }

    /// The tracking in an answer; nil for anything but the answer to the request with that number.
    static func tracking(in bytes: [UInt8], sequence: UInt32) -> ChronyTracking? {
        guard bytes.count >= length, bytes[0] == version, bytes[1] == reply, bytes.short(4) == trackingRequest,
            bytes.short(6) == trackingReply, bytes.short(8) == 0, bytes.word(16) == sequence
        else { return nil }
        let stratum = Int(bytes.short(52))
        let identifier = bytes.word(28)
        return ChronyTracking(
            reference: bytes.short(48) == internetAddress ? dotted(bytes[32..<36]) : name(bytes[28..<32]),
            stratum: stratum,
            isSynchronised: bytes.short(54) != unsynchronised && stratum > 0 && identifier != itself,
            correctionSeconds: fraction(bytes.word(68)), rmsOffsetSeconds: fraction(bytes.word(76)),
            rootDelaySeconds: fraction(bytes.word(92)), rootDispersionSeconds: fraction(bytes.word(96)))
    }

    /// The address of a server.
    private static func dotted(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { "\($0)" }.joined(separator: ".")
    }

    /// The letters of a reference clock's identifier, or hexadecimal digits for any other.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let letters = bytes.prefix { $0 != 0 }
        guard !letters.isEmpty, letters.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// A fraction: seven bits of a signed exponent, 25 of a signed coefficient, coefficient · 2^(exponent − 25).
    static func fraction(_ word: UInt32) -> Double {
        let exponent = Int(Int32(bitPattern: word) >> 25)
        let coefficient = Int(Int32(bitPattern: word << 7) >> 7)
        return Double(sign: .plus, exponent: exponent - 25, significand: Double(coefficient))
    }
}

extension [UInt8] {
    fileprivate func short(_ position: Int) -> UInt16 { UInt16(self[position]) << 8 | UInt16(self[position + 1]) }

    fileprivate func word(_ position: Int) -> UInt32 { UInt32(short(position)) << 16 | UInt32(short(position + 2)) }
}
