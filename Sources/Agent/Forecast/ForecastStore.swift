// SPDX-License-Identifier: Apache-2.0

import Glibc
import Predictions
import UTC

/// The last forecast of a box, and the measurements from which it can make one by itself, as files beside its outbox.
struct ForecastStore: Sendable {
    /// The forecast, a VOTable.
    let path: String
    /// Hourly measurements of the last months, as the centre has them, in the format of OMNI2.
    let solarWindPath: String
    var files: any FileOperations = DurableFiles()

    /// Largest forecast in bytes; two weeks have a tenth of a megabyte.
    static let maximumBytes = 8 << 20
    /// Largest file of measurements in bytes; a year has three megabytes.
    static let maximumSolarWindBytes = 64 << 20

    /// The files beside an outbox.
    init(besideOutbox directory: String) {
        path = directory + ".forecast.xml"
        solarWindPath = directory + ".solar-wind.txt"
    }

    /// By what a change of the forecast is noticed: when it was written, in nanoseconds since 1970; nil if there is
    /// none.
    var stamp: Int64? { ForecastStore.modified(path) }

    /// Seconds since the measurements were fetched; nil if they never were.
    func solarWindAgeSeconds(now: UTCInstant) -> Double? {
        ForecastStore.modified(solarWindPath).map { now.seconds(since: UTCInstant(nanosecondsSince1970: $0)) }
    }

    /// The forecast.
    ///
    /// - Throws: `notFound` if there is none yet, `malformed` if the file is damaged.
    func read() throws(ForecastError) -> Forecast {
        let bytes: [UInt8]
        do {
            bytes = try files.read(path, maximumBytes: ForecastStore.maximumBytes)
        } catch {
            guard error.reason == .notFound else {
                throw ForecastError(
                    .storage, place: path, message: "it cannot be read: \(error.reason)",
                    remedy: "ask as root; if root may not either, check the disk")
            }
            throw ForecastError(
                .notFound, place: path, message: "there is no forecast yet",
                remedy: "get one with 'psws-agent forecast --update'")
        }
        do {
            return try ForecastReader.read(bytes, name: path)
        } catch {
            throw ForecastError(
                .malformed, place: path, message: error.description,
                remedy: "get another one with 'psws-agent forecast --update'")
        }
    }

    /// Puts a forecast in place of the one before; it survives a power cut.
    ///
    /// - Throws: `storage`.
    func write(_ bytes: [UInt8]) throws(ForecastError) { try replace(path, by: bytes) }

    /// Puts measurements in place of those before.
    ///
    /// - Throws: `storage`.
    func writeSolarWind(_ bytes: [UInt8]) throws(ForecastError) { try replace(solarWindPath, by: bytes) }

    private func replace(_ path: String, by bytes: [UInt8]) throws(ForecastError) {
        let temporary = path + ".new"
        do {
            try files.removeTree(temporary)
            try files.createDurableFile(temporary, bytes)
            try files.rename(temporary, to: path)
            try files.synchronize(parentDirectory(of: path) + "/.")
        } catch {
            throw ForecastError(
                .storage, place: path, message: "it cannot be written: \(error.reason)",
                remedy: "ask as the user of the service, and look at the room on the disk")
        }
    }

    private static func modified(_ path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
