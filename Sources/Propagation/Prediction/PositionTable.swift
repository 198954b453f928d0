// SPDX-License-Identifier: Apache-2.0

public import Ephemeris
public import UTC

/// Positions of a body or a spacecraft by time.
public struct PositionTable: Sendable, Hashable {
    /// Name for people.
    public let name: String
    /// Times, rising, at least two.
    public let times: [UTCInstant]
    /// Positions from the Sun in AU, one a time.
    public let positions: [FrameVector<EclipticJ2000>]

    /// A table from a text of lines `time,x,y,z`: ISO 8601 and AU along the ecliptic of J2000; lines that begin with `#`
    /// and one line of names are skipped.
    ///
    /// - Throws: `malformed` with file and line, `noData` for fewer than two positions.
    public init(reading bytes: [UInt8], name: String) throws(PropagationError) {
        var times: [UTCInstant] = []
        var positions: [FrameVector<EclipticJ2000>] = []
        for line in TextLines.lines(of: bytes) where !line.text.hasPrefix("#") {
            let cells = line.text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
            if times.isEmpty, cells.first == "time" { continue }
            let numbers = cells.dropFirst().compactMap { Double($0) }.filter(\.isFinite)
            guard cells.count == 4, numbers.count == 3, let time = UTCInstant(iso8601: cells[0]) else {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)", message: "a position is time,x,y,z in ISO 8601 and AU")
            }
            if let last = times.last, time <= last {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)", message: "the times must rise",
                    remedy: "sort the table and take out what is there twice")
            }
            times.append(time)
            positions.append(FrameVector(SIMD3(numbers[0], numbers[1], numbers[2])))
        }
        guard times.count >= 2 else {
            throw PropagationError(.noData, place: name, message: "a table of positions needs two at least")
        }
        self.name = name
        self.times = times
        self.positions = positions
    }

    /// The position at a time, in proportion between the two nearest; beyond the ends as at the ends.
    func position(at time: UTCInstant) -> FrameVector<EclipticJ2000> {
        let after = times.firstIndex { $0 > time } ?? times.count - 1
        let index = max(after, 1)
        let span = times[index].seconds(since: times[index - 1])
        let part = min(max(time.seconds(since: times[index - 1]) / span, 0), 1)
        return positions[index - 1] + part * (positions[index] - positions[index - 1])
    }
}

extension Substring {
    /// Without blanks around.
    var trimmed: Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        var rest = self
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
