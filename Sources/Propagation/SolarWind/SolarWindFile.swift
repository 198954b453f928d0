// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Reads files with measurements of the solar wind, in whatever of the known formats they are, packed or not.
public enum SolarWindFile {
    /// Formats, told apart by their content.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Hourly means of OMNI2 (NASA/SPDF), lines of 55 words.
        case omni2
        /// Monthly real-time files of ACE SWEPAM (NOAA/SWPC) with status flags.
        case ace
        /// JSON of NOAA/SWPC: `rtsw_wind_1m`, `rtsw_mag_1m`, or the older `plasma-7-day`.
        case swpc
    }

    /// Largest size of a file once unpacked, in bytes: forty years of OMNI2.
    public static let maximumBytes = 256 << 20

    /// The measurements of a file in the order of the file, and what was left out is added to the report.
    ///
    /// - Throws: `unknownFormat`, `malformed` with file and line, `noData` for a file without any line of data.
    public static func read(
        _ bytes: [UInt8], name: String, report: inout InputReport
    ) throws(PropagationError) -> [SolarWindMeasurement] {
        let plain = bytes.starts(with: [0x1F, 0x8B]) ? try unpacked(bytes, name: name) : bytes
        let measurements: [SolarWindMeasurement] =
            switch try format(of: plain, name: name) {
            case .omni2: try OMNI2Reader.read(plain, name: name, report: &report)
            case .ace: try ACEReader.read(plain, name: name, report: &report)
            case .swpc: try SWPCReader.read(plain, name: name, report: &report)
            }
        report.measurements += measurements.count
        return measurements
    }

    /// The format that the first bytes tell.
    static func format(of bytes: [UInt8], name: String) throws(PropagationError) -> Format {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let start = bytes.firstIndex(where: { !isBlank($0) }) else {
            throw PropagationError(.noData, place: name, message: "the file is empty")
        }
        switch bytes[start] {
        case UInt8(ascii: "["), UInt8(ascii: "{"): return .swpc
        case UInt8(ascii: ":"), UInt8(ascii: "#"): return .ace
        case UInt8(ascii: "1")...UInt8(ascii: "2"): return .omni2
        default:
            throw PropagationError(
                .unknownFormat, place: "\(name):1", message: "this is no file of solar wind that is known",
                remedy: "give hourly OMNI2, monthly ACE real-time files or JSON of SWPC")
        }
    }

    private static func unpacked(_ bytes: [UInt8], name: String) throws(PropagationError) -> [UInt8] {
        var capacity = max(1 << 16, min(8 * bytes.count, maximumBytes))
        while true {
            var space = [UInt8](repeating: 0, count: capacity)
            var count = 0
            let status = czlib_gunzip(bytes, bytes.count, &space, capacity, &count)
            switch Int(status) {
            case Int(CZLIB_DONE.rawValue):
                space.removeLast(capacity - count)
                return space
            case Int(CZLIB_FULL.rawValue) where capacity < maximumBytes: capacity = min(2 * capacity, maximumBytes)
            case Int(CZLIB_FULL.rawValue):
                throw PropagationError(
                    .malformed, place: name, message: "it unpacks to more than \(maximumBytes) bytes")
            case Int(CZLIB_TRUNCATED.rawValue):
                throw PropagationError(
                    .malformed, place: name, message: "the packed file ends early", remedy: "fetch it again")
            default:
                throw PropagationError(
                    .malformed, place: name, message: "the packed file is damaged", remedy: "fetch it again")
            }
        }
    }
}
