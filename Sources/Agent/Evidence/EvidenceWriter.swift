// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import VOTable

/// Writes an event's evidence into a directory: the cube, the light curve and the picture.
///
/// A file of the same name is replaced. Every file is on the disk when `write` returns; the directory's own entry is
/// the business of whoever made the directory.
public struct EvidenceWriter: Sendable {
    private let context: EvidenceContext

    /// A writer for a station.
    public init(context: EvidenceContext) {
        self.context = context
    }

    /// Writes the files of one event.
    ///
    /// - Parameters:
    ///   - evidence: the event and its frames; without frames there is no cube and no strip.
    ///   - directory: where; it must exist.
    ///   - ivorn: the VOEvent about the event; nil if none was authored.
    /// - Throws: `EvidenceError` for the first file that cannot be written. Those written before it stay.
    public func write(
        _ evidence: Evidence, into directory: String, ivorn: String? = nil
    ) throws(EvidenceError) -> EvidenceFiles {
        let directory = EvidenceDirectory(path: directory)
        let lightCurve = LightCurve(of: evidence)
        var result = EvidenceFiles(files: [], remarks: [])
        try writeCube(of: evidence, ivorn, into: directory, &result)

        let table = LightCurveTable.document(
            for: evidence, lightCurve: lightCurve, ivorn: ivorn, context: context,
            related: result.files.map(\.kind) + [.picture])
        let tableName = EvidenceFileKind.lightCurve.fileName(event: evidence.name)
        let tableBytes = try converting(directory.path(of: tableName)) { try VOTableWriter.write(table) }
        result.files.append(try write(tableBytes, .lightCurve, tableName, into: directory))

        let picture = EventPicture(of: evidence, lightCurve: lightCurve, stationName: context.stationName).draw()
        let pictureName = EvidenceFileKind.picture.fileName(event: evidence.name)
        let pictureBytes = try converting(directory.path(of: pictureName)) { try PNGFile.encode(picture) }
        result.files.append(try write(pictureBytes, .picture, pictureName, into: directory))
        return result
    }

    /// Writes the cube, or a remark why there is none: the light curve and the picture are worth having without it.
    private func writeCube(
        of evidence: Evidence, _ ivorn: String?, into directory: EvidenceDirectory, _ result: inout EvidenceFiles
    ) throws(EvidenceError) {
        guard let clip = evidence.clip, let format = clip.frames.first?.format else {
            result.remarks.append("no frame of \(evidence.name) was left, so there is no cube")
            return
        }
        if clip.missingCount > 0 {
            result.remarks.append("\(clip.missingCount) frames around \(evidence.name) were no longer or not yet there")
        }
        let name = EvidenceFileKind.cube.fileName(event: evidence.name)
        try directory.remove(name: name)
        let cards = EventCube.cards(for: evidence, clip: clip, ivorn: ivorn, context: context)
        do {
            try converting(directory.path(of: name)) {
                let writer = try FITSCubeWriter(path: directory.path(of: name), format: format, cards: cards)
                for frame in clip.frames { try writer.append(frame) }
                try writer.finish()
            }
        } catch {
            guard error.code == .impossible else { throw error }
            result.remarks.append(error.description)
            return
        }
        let byteCount = try directory.synchronize(name: name)
        result.files.append(EvidenceFiles.File(kind: .cube, name: name, byteCount: byteCount))
    }

    private func write(
        _ bytes: [UInt8], _ kind: EvidenceFileKind, _ name: String, into directory: EvidenceDirectory
    ) throws(EvidenceError) -> EvidenceFiles.File {
        try directory.write(bytes, name: name)
        return EvidenceFiles.File(kind: kind, name: name, byteCount: bytes.count)
    }

    /// Runs a step whose errors are those of the rooms below.
    private func converting<Result>(_ place: String, _ body: () throws -> Result) throws(EvidenceError) -> Result {
        do {
            return try body()
        } catch let error as CameraError {
            throw EvidenceError(
                error.code == .inputOutput ? .cannotWrite : .impossible, place: error.place, message: error.message,
                remedy: error.remedy)
        } catch let error as VOTableError {
            throw EvidenceError(.impossible, place: place, message: error.description)
        } catch {
            throw EvidenceError(.impossible, place: place, message: "\(error)")
        }
    }
}
