// SPDX-License-Identifier: Apache-2.0

import Ephemeris

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The whole truth tables, where they are at hand.
enum WholeTables {
    /// The rows of a table as values by column name; nil, with a printed line, if the table is not there.
    static func rows(_ name: String) -> [[String: String]]? {
        let folder = getenv("PSWS_SHARED").map { String(cString: $0) } ?? "../shared"
        guard let text = contents("\(folder)/data/ephemeris/\(name)") else {
            print("\(name): not at hand, only the sampled rows are tested")
            return nil
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) else { return nil }
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(zip(header.map(String.init), cells)) { first, _ in first }
        }
    }

    private static func contents(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [String: String] {
    func number(_ column: String) -> Double { self[column].flatMap(Double.init) ?? .nan }

    var site: GeodeticSite {
        GeodeticSite(
            longitudeDegrees: number("lon_deg_E"), latitudeDegrees: number("lat_deg"), heightMetres: number("h_m"))
    }
}

/// Root mean square and greatest size of errors.
struct ErrorCount: CustomStringConvertible {
    private var squares = 0.0
    private var count = 0
    private(set) var greatest = 0.0

    var rms: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }

    mutating func add(_ error: Double) {
        squares += error * error
        count += 1
        greatest = max(greatest, abs(error))
    }

    var description: String { "rms \((rms * 1e5).rounded() / 1e5), greatest \((greatest * 1e5).rounded() / 1e5)" }
}
