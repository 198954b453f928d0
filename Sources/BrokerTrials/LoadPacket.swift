// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The event that authors submit under load: always the same size, with its own number and the time of its submission.
struct LoadPacket: Sendable {
    /// A packet cannot be made smaller than this, in bytes.
    static let minimumBytes = 2000

    /// Size of each packet in bytes, without the length before it.
    let byteCount: Int
    private let frame: ByteBuffer
    private let numberOffset: Int
    private let timeOffset: Int

    private static let digits = 19
    private static let numberMark = "NUMBERNUMBERNUMBERN"
    private static let timeMark = "TIMETIMETIMETIMETIM"

    /// A packet of `byteCount` bytes, valid by VOEvent 2.0, such as a station sends; a description fills it up.
    ///
    /// - Parameters:
    ///   - byteCount: size in bytes; at least `minimumBytes`.
    ///   - run: tells the events of one run from those of another, in letters and digits.
    init(byteCount: Int, run: String) {
        let bare = LoadPacket.text(filler: "", run: run)
        let words = "A filter of two pixels saw it in both bands. "
        let count = max(0, byteCount - bare.utf8.count)
        let filler = String(String(repeating: words, count: count / words.utf8.count + 1).prefix(count))
        let packet = Array(LoadPacket.text(filler: filler, run: run).utf8)
        self.byteCount = packet.count
        var frame = ByteBuffer()
        frame.writeInteger(UInt32(packet.count))
        frame.writeBytes(packet)
        self.frame = frame
        numberOffset = LoadPacket.offset(of: LoadPacket.numberMark, in: packet)
        timeOffset = LoadPacket.offset(of: LoadPacket.timeMark, in: packet)
    }

    /// The framed packet with a number and a time in nanoseconds, both not negative.
    func framed(number: Int, nanoseconds: Int) -> ByteBuffer {
        var copy = frame
        copy.setBytes(LoadPacket.decimal(number), at: 4 + numberOffset)
        copy.setBytes(LoadPacket.decimal(nanoseconds), at: 4 + timeOffset)
        return copy
    }

    /// When a received packet was submitted, in nanoseconds; nil if there is no time in it.
    ///
    /// - Parameters:
    ///   - buffer: holds the packet.
    ///   - start: index of the packet's first byte in the buffer.
    func nanoseconds(in buffer: ByteBuffer, at start: Int) -> Int? {
        var value = 0
        for index in 0..<LoadPacket.digits {
            guard let byte = buffer.getInteger(at: start + timeOffset + index, as: UInt8.self),
                (48...57).contains(byte)
            else { return nil }
            value = value &* 10 &+ Int(byte - 48)
        }
        return value
    }

    private static func decimal(_ value: Int) -> [UInt8] {
        var rest = value
        var text = [UInt8](repeating: 48, count: digits)
        for index in stride(from: digits - 1, through: 0, by: -1) {
            text[index] = UInt8(48 + rest % 10)
            rest /= 10
        }
        return text
    }

    private static func offset(of mark: String, in packet: [UInt8]) -> Int {
        let mark = Array(mark.utf8)
        return (0...(packet.count - mark.count)).first { packet[$0..<($0 + mark.count)].elementsEqual(mark) } ?? 0
    }

    private static func text(filler: String, run: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xsi:schemaLocation="http://www.ivoa.net/xml/VOEvent/v2.0 http://www.ivoa.net/xml/VOEvent/VOEvent-v2.0.xsd" \
        ivorn="ivo://psws.bench/\(run)#station1-\(numberMark)" role="test" version="2.0">
          <Who>
            <AuthorIVORN>ivo://psws.bench/station1</AuthorIVORN>
            <Date>2026-03-01T21:14:09Z</Date>
            <Author><title>PSWS load</title><contactEmail>nobody@example.org</contactEmail></Author>
          </Who>
          <What>
            <Param name="event_type" ucd="meta.code.class" value="lunar_flash"/>
            <Param name="submitted" unit="ns" value="\(timeMark)"/>
            <Group name="photometry" type="flash">
              <Param name="peak_magnitude" ucd="phot.mag" unit="mag" dataType="float" value="8.3"/>
              <Param name="duration" ucd="time.duration" unit="s" dataType="float" value="0.12"/>
              <Param name="snr" ucd="stat.snr" dataType="float" value="17.5"/>
            </Group>
          </What>
          <WhereWhen>
            <ObsDataLocation>
              <ObservatoryLocation id="station1"/>
              <ObservationLocation>
                <AstroCoordSystem id="UTC-ICRS-TOPO"/>
                <AstroCoords coord_system_id="UTC-ICRS-TOPO">
                  <Time unit="s"><TimeInstant><ISOTime>2026-03-01T21:14:05.250Z</ISOTime></TimeInstant><Error>0.02</Error></Time>
                  <Position2D unit="deg"><Name1>RA</Name1><Name2>Dec</Name2><Value2><C1>83.1</C1><C2>21.9</C2></Value2>\
        <Error2Radius>0.1</Error2Radius></Position2D>
                </AstroCoords>
              </ObservationLocation>
            </ObsDataLocation>
          </WhereWhen>
          <Why importance="0.5"><Concept>impact flash</Concept><Description>\(filler)</Description></Why>
        </voe:VOEvent>
        """
    }
}
