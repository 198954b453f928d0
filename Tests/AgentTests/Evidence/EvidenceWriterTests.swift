// SPDX-License-Identifier: Apache-2.0

import CPNG
import Camera
import Glibc
import Testing
import XML

@testable import Agent
@testable import Detection

@Suite struct EvidenceWriterTests {
    private let writer = EvidenceWriter(
        context: EvidenceContext(
            stationName: "Test station", targetName: "Moon", instrument: "camera", telescope: "telescope",
            exposureSeconds: 0.03,
            site: EvidenceContext.Site(longitudeDegrees: 0.142, latitudeDegrees: 42.936, heightMeters: 2877)))

    private func withDirectory(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/psws-evidence-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in contents(of: path) { unlink(path + "/" + name) }
            rmdir(path)
        }
        try body(path)
    }

    private func contents(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    @Test func `Three files are written, named after the event, with their sizes`() throws {
        try withDirectory { path in
            let evidence = try #require(FlashScene().evidence().first)
            let files = try writer.write(evidence, into: path, ivorn: "ivo://test/stream#flash")
            #expect(contents(of: path) == ["flash.fits", "flash.lightcurve.vot", "flash.png"])
            #expect(files.files.map(\.kind) == [.cube, .lightCurve, .picture])
            #expect(files.remarks.isEmpty)
            for file in files.files { #expect(try bytes(of: path + "/" + file.name).count == file.byteCount) }
        }
    }

    @Test func `The cube holds the samples and the header says what they are`() throws {
        try withDirectory { path in
            let scene = FlashScene()
            let evidence = try #require(scene.evidence().first)
            let clip = try #require(evidence.clip)
            _ = try writer.write(evidence, into: path, ivorn: "ivo://test/stream#flash")
            let cube = try bytes(of: path + "/flash.fits")
            let cards = stride(from: 0, to: cube.count, by: 80).map {
                String(decoding: cube[$0..<$0 + 80], as: UTF8.self)
            }
            let end = try #require(cards.firstIndex { $0.hasPrefix("END     ") })
            func value(_ keyword: String) -> String? {
                cards[..<end].first { $0.hasPrefix(keyword + " ") || $0.hasPrefix(keyword + "=") }?
                    .dropFirst(10).split(separator: "/").first.map { String($0.filter { $0 != " " && $0 != "'" }) }
            }
            #expect(value("NAXIS3") == "34")
            #expect(value("OBJECT") == "Moon")
            #expect(value("DATE-OBS") == "2026-03-01T21:14:05.750000")
            #expect(value("LTV1") == "-\(clip.region.column).")
            #expect(value("CRVAL2") == "\(clip.region.row + 1).")
            #expect(value("EXPTIME") == "0.03")
            #expect(value("EVTPEAK") == "30")
            #expect(cards[..<end].contains { $0.contains("ivo://test/stream#flash") })
            let start = (end / 36 + 1) * 2880
            let plane = 15
            let position = start + plane * 64 * 64 + 31 * 64 + 32
            #expect(Int(cube[position]) == scene.frame(30)[clip.region.column + 32, clip.region.row + 31])
        }
    }

    @Test func `The light curve names its units and its event`() throws {
        try withDirectory { path in
            let evidence = try #require(FlashScene().evidence().first)
            _ = try writer.write(evidence, into: path, ivorn: "ivo://test/stream#flash")
            let root = try XMLReader().read(try bytes(of: path + "/flash.lightcurve.vot")).root
            let resource = try #require(root.firstChild("RESOURCE"))
            let table = try #require(resource.firstChild("TABLE"))
            let fields = table.children("FIELD")
            #expect(
                fields.map { $0.attribute("name") } == [
                    "time", "mjd", "frame", "x", "y", "flux", "flux_error", "in_event",
                ])
            #expect(fields.map { $0.attribute("unit") } == [nil, "d", nil, "pixel", "pixel", "adu", "adu", nil])
            let rows = try #require(table.firstChild("DATA")?.firstChild("TABLEDATA")).children("TR")
            #expect(rows.count == 34)
            let cells = rows[15].children("TD").map(\.text)
            #expect(cells[0] == "2026-03-01T21:14:06.250000Z")
            let date = try #require(Double(cells[1]))
            // 2026-03-01 is MJD 61100.
            #expect(abs(date - (61_100 + (21 * 3600 + 14 * 60 + 6.25) / 86_400)) < 1e-9)
            #expect(cells[2] == "30" && cells[5] == "420.0" && cells[7] == "true")
            let types = resource.children("PARAM").first { $0.attribute("name") == "event_type" }
            #expect(types?.attribute("value") == "lunar_flash")
            #expect(resource.children("LINK").map { $0.attribute("href") } == ["flash.fits", "flash.png"])
        }
    }

    @Test func `Without frames there is a light curve and a picture and a remark`() throws {
        try withDirectory { path in
            let evidence = Evidence(name: "late", event: FlashScene().event, clip: nil)
            let files = try writer.write(evidence, into: path)
            #expect(files.files.map(\.name) == ["late.lightcurve.vot", "late.png"])
            #expect(files.remarks.count == 1)
        }
    }

    @Test func `Writing again replaces the files`() throws {
        try withDirectory { path in
            let evidence = try #require(FlashScene().evidence().first)
            let first = try writer.write(evidence, into: path)
            #expect(try writer.write(evidence, into: path) == first)
        }
    }

    @Test func `A directory that is not there is named in the error`() throws {
        let evidence = try #require(FlashScene().evidence().first)
        #expect { try writer.write(evidence, into: "/nowhere") } throws: { error in
            (error as? EvidenceError)?.description.contains("/nowhere/flash.fits") == true
        }
    }

    @Test(arguments: [
        ("lunar-2026-03-01T21:14:06.250Z-1a2b", "lunar-2026-03-01T21_14_06.250Z-1a2b"),
        ("../../etc/passwd", "_._.__etc_passwd"), ("-rf", "event-rf"), ("", "event"), (".hidden", "_hidden"),
        ("a b\u{0}\n/é", "a_b____"),
    ])
    func `File names are safe whatever the event is called`(name: String, expected: String) {
        #expect(EvidenceFileKind.picture.fileName(event: name) == expected + ".png")
    }

    @Test func `An event with wrong numbers still has its files`() throws {
        try withDirectory { path in
            var scene = FlashScene()
            scene.isTimed = false
            let evidence = try #require(scene.evidence().first)
            var event = evidence.event
            (event.x, event.y, event.signalToNoise) = (.nan, .infinity, .nan)
            (event.backgroundADU, event.noiseADU, event.fluxADU) = (.nan, 0, .infinity)
            event.track[0].fluxADU = .nan
            event.track[1].fluxErrorADU = .infinity
            event.track[2].x = -1e300
            event.pointSpreadSigmaPixels = .nan
            let files = try writer.write(Evidence(name: "wrong", event: event, clip: evidence.clip), into: path)
            #expect(files.files.count == 3)
            event.track = []
            #expect(try writer.write(Evidence(name: "x", event: event, clip: nil), into: path).files.count == 2)
        }
    }
}
