// SPDX-License-Identifier: Apache-2.0

import UTC

/// FITS images in their order: one image, the planes of a cube, or several files of either.
///
/// Of each file the first image is read; images compressed in tiles (`.fz`) are refused, see `FITSStructure`. Row 0 of a
/// frame is the first row of the array, whichever way up that is. See `FITSSampleMapping` for the values and `FITSTimes` for the times.
///
/// cfitsio reads the files. It is loaded when the first recording is opened; without it opening throws and says so.
public final class FITSRecording: FrameSource {
    /// What the first file, the times of the first few and the options say.
    public let description: SourceDescription

    private let paths: [String]
    private let mapping: FITSSampleMapping
    private let timeline: FrameTimeline?
    private var pool: FramePool
    private var nextPath = 1
    private var image: FITSImage?
    private var times: FITSTimes
    private var nextPlane = 0
    private var nextIndex = 0

    /// Opens the first file.
    ///
    /// - Parameters:
    ///   - paths: the files in the order of their time, at least one.
    ///   - start: time of the first frame, in place of all recorded times.
    ///   - framesPerSecond: rate for files that do not show their own.
    /// - Throws: `CameraError` if the first file cannot be read or cfitsio is missing. The other files are opened when
    ///   their turn comes.
    public convenience init(
        paths: [String], start: UTCInstant? = nil, framesPerSecond: Double? = nil
    ) throws(CameraError) {
        try self.init(paths: paths, start: start, framesPerSecond: framesPerSecond, library: nil)
    }

    init(paths: [String], start: UTCInstant?, framesPerSecond: Double?, library: String?) throws(CameraError) {
        guard let path = paths.first else {
            throw CameraError(.cannotOpen, place: "recording", message: "no file is given")
        }
        let image = try FITSImage(path: path, library: library)
        let pattern = (image.text("BAYERPAT") ?? image.text("COLORTYP"))?.lowercased()
        let mapping = try FITSSampleMapping(image)
        guard
            let format = FrameFormat(
                width: image.width, height: image.height, bitsPerSample: mapping.bitsPerSample,
                colorFilter: pattern.flatMap(FrameFormat.ColorFilter.init) ?? .none)
        else {
            throw CameraError(
                .damaged, place: path, message: "an image of \(image.width)×\(image.height) pixels is impossible")
        }
        let times = FITSTimes(image)
        let rate =
            times.intervalSeconds.map { 1 / $0 }
            ?? FITSRecording.rate(of: paths, planeCount: image.planeCount) ?? framesPerSecond
        self.paths = paths
        self.mapping = mapping
        self.image = image
        self.times = times
        timeline = start.map { FrameTimeline(start: $0, framesPerSecond: rate, origin: .givenStartAndRate) }
        pool = FramePool(format: format)
        var notices: [String] = []
        if let notice = mapping.notice { notices.append(notice) }
        if let notice = times.notice { notices.append(notice) }
        if start == nil, times.first == nil { notices.append("the recording keeps no time") }
        description = SourceDescription(
            name: paths.count == 1 ? path : "\(path) and \(paths.count - 1) more", format: format,
            framesPerSecond: rate, frameCount: paths.count == 1 ? image.planeCount : nil,
            exposureSeconds: times.exposureSeconds, instrument: image.text("INSTRUME") ?? image.text("CAMERA"),
            telescope: image.text("TELESCOP"), notices: notices)
    }

    /// The next image. A file that is damaged, or whose images have another size or depth, throws after all the good
    /// frames before.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard let image = try currentImage() else { return nil }
        let plane = nextPlane
        do throws(CameraError) {
            let buffer = pool.obtain()
            try mapping.read(image, plane: plane, into: buffer)
            let index = nextIndex
            nextPlane += 1
            nextIndex += 1
            let time =
                timeline == nil
                ? times.time(ofPlane: plane, framesPerSecond: description.framesPerSecond)
                : timeline?.time(ofFrame: index)
            return Frame(format: description.format, index: index, time: time, buffer: buffer)
        } catch {
            end()
            throw error
        }
    }

    /// The image that the next frame is of; nil at the end.
    private func currentImage() throws(CameraError) -> FITSImage? {
        guard let current = image else { return nil }
        if nextPlane < current.planeCount { return current }
        guard nextPath < paths.count else {
            end()
            return nil
        }
        do throws(CameraError) {
            let next = try FITSImage(path: paths[nextPath])
            let stored = FITSSampleMapping(asStored: next)
            guard next.width == description.format.width, next.height == description.format.height,
                stored == FITSSampleMapping(asStored: current)
            else {
                throw CameraError(
                    .damaged, place: next.path,
                    message: "the image has \(next.width)×\(next.height) values of \(abs(next.bitsPerValue)) bits, "
                        + "those before have \(current.width)×\(current.height) of \(abs(current.bitsPerValue))",
                    remedy: "give images of one camera and setting")
            }
            image = next
            times = FITSTimes(next)
            nextPath += 1
            nextPlane = 0
            return next
        } catch {
            end()
            throw error
        }
    }

    private func end() {
        image = nil
    }

    /// Images per second of a sequence of files: the inverse of the median interval of the first ones.
    private static func rate(of paths: [String], planeCount: Int) -> Double? {
        guard planeCount == 1 else { return nil }
        var intervals: [Double] = []
        var last: UTCInstant?
        for path in paths.prefix(16) {
            guard let image = try? FITSImage(path: path), let time = FITSTimes(image).first else { return nil }
            if let last, time > last { intervals.append(time.seconds(since: last)) }
            last = time
        }
        return intervals.isEmpty ? nil : 1 / intervals.sorted()[intervals.count / 2]
    }
}
