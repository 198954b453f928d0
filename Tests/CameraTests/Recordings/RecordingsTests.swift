// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc
import Testing
import UTC

@Suite struct RecordingsTests {
    let directory: TemporaryDirectory
    let format: FrameFormat

    init() throws {
        directory = try TemporaryDirectory()
        format = try #require(FrameFormat(width: 12, height: 8, bitsPerSample: 8))
    }

    private func open(
        _ paths: String..., start: UTCInstant? = nil, framesPerSecond: Double? = nil
    ) throws(CameraError) -> any FrameSource {
        try Recordings.open(paths: paths, start: start, framesPerSecond: framesPerSecond)
    }

    private func refusal(_ paths: String...) -> CameraError? {
        cameraError { () throws(CameraError) in try Recordings.open(paths: paths) }
    }

    @Test func `The content counts, not the name`() throws {
        let frame = makeFrame(format, value: gradient(format, index: 0))
        let ser = try SERWriter(path: directory.file("really-ser.fits"), format: format)
        let y4m = try Y4MWriter(path: directory.file("really-y4m.ser"), format: format, framesPerSecond: 25)
        let fits = try FITSCubeWriter(path: directory.file("really-fits.y4m"), format: format)
        for writer in [ser, y4m, fits] as [any RecordingWriter] {
            try writer.append(frame)
            try writer.finish()
        }
        for name in ["really-ser.fits", "really-y4m.ser", "really-fits.y4m"] {
            let (frames, error) = drain(try open(directory.file(name)))
            #expect(error == nil)
            #expect(frames.map(samples) == [samples(frame)], "\(name)")
        }
    }

    @Test(
        arguments: [
            ([0, 0, 0, 0x18] + Array("ftypisom".utf8), "MP4 or MOV video", "ffmpeg -i"),
            (Array("RIFF\u{10}\u{10}\u{10}\u{10}AVI LIST".utf8), "AVI video", "ffmpeg -i"),
            ([0x1A, 0x45, 0xDF, 0xA3, 1], "Matroska", "ffmpeg -i"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D], "PNG picture", "ffmpeg -i"),
            ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG picture", "ffmpeg -i"),
            ([0x1F, 0x8B, 8], "compressed", "gunzip"),
            (Array("hello there".utf8), "is text", ""),
            ([0xDE, 0xAD, 0xBE, 0xEF], "is not a SER, FITS or YUV4MPEG2 recording", ""),
            ([], "is empty", ""),
        ] as [([UInt8], String, String)])
    func `What is no recording is named, with the way out`(bytes: [UInt8], words: String, remedy: String) throws {
        let path = try directory.write(bytes, to: "night.ser")
        let error = refusal(path)
        #expect(error?.code == .unknownFormat)
        #expect(error?.place == path)
        #expect(error?.message.contains(words) == true, "\(error?.description ?? "")")
        #expect(remedy.isEmpty || error?.remedy?.contains(remedy) == true)
    }

    @Test func `A missing file, a directory and an unreadable file are named`() throws {
        #expect(refusal(directory.file("none.ser"))?.message.contains("No such file") == true)
        let error = refusal(directory.path)
        #expect(error?.message == "is a directory")
        #expect(error?.remedy?.contains(directory.path + "/*.fits") == true)
        let secret = try directory.write([1], to: "secret.ser")
        chmod(secret, 0)
        // The superuser may read everything.
        if geteuid() != 0 { #expect(refusal(secret)?.code == .cannotOpen) }
        #expect(cameraError { () throws(CameraError) in try Recordings.open(paths: []) }?.code == .cannotOpen)
    }

    @Test func `Only FITS files make a sequence`() throws {
        let fits = try directory.write(FITSBytes.file(bits: 8, axes: [1, 1], values: [3]), to: "a.fits")
        let ser = try directory.write(Array("LUCAM-RECORDER".utf8), to: "a.ser")
        #expect(drain(try open(fits, fits)).frames.count == 2)
        #expect(refusal(fits, ser)?.place == ser)
        #expect(refusal(fits, directory.file("none.fits"))?.code == .cannotOpen)
        #expect(refusal(fits, directory.path)?.message == "is a directory")
    }

    @Test func `A start and a rate give times to a recording without`() throws {
        let body = Array("YUV4MPEG2 W1 H1 F0:0 Cmono\nFRAME\n".utf8) + [1] + Array("FRAME\n".utf8) + [2]
        let path = try directory.write(body, to: "a.y4m")
        let start = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05Z"))
        let source = try open(path, start: start, framesPerSecond: 4)
        let frames = drain(source).frames
        #expect(frames.last?.time?.middleOfExposure == start.advanced(bySeconds: 0.25))
        #expect(frames.last?.time?.origin == .givenStartAndRate)
        #expect(drain(try open(path)).frames.last?.time == nil)
    }

    @Test(arguments: [0, -25, .infinity, .nan]) func `An impossible rate is refused`(rate: Double) throws {
        let path = try directory.write([1], to: "a.y4m")
        let error = cameraError { () throws(CameraError) in
            try Recordings.open(paths: [path], framesPerSecond: rate)
        }
        #expect(error?.code == .unsupported)
    }

    @Test func `A device that never ends is refused by its first bytes`() {
        #expect(refusal("/dev/zero")?.code == .unknownFormat)
    }

    @Test func `A full disk is one clear message`() throws {
        let error = cameraError { () throws(CameraError) in
            let writer = try SERWriter(path: "/dev/full", format: format)
            try writer.append(makeFrame(format) { _, _ in 1 })
        }
        #expect(error?.code == .inputOutput)
        #expect(error?.description.contains("No space left on device (free some disk space)") == true)
    }
}
