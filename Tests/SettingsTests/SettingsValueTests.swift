// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Settings

struct SettingsValueTests {
    private let whole = """
        name: pic-du-midi
        role: observation
        open: true
        site:
          latitude: 42.9364 deg   # north positive
          height: 2.877 km
        camera:
          exposure: 20 ms
          formats: [Y16, GREY]
          controls: {gain: -3, focus: 7}
        detection:
          threshold: 6.5
          false_alarms: 1 /d
          exclude:
            - {x: 10 px, width: 20 px}
            - x: 0px
              width: 4096 px
        server:
          port: 8099
          disk: 2 GiB
        remark: "yes: a text"
        """

    @Test func `Every kind of value is read in the unit of the program`() throws {
        let station = try Station.read(whole)
        #expect(station.name == "pic-du-midi")
        #expect(station.role == .observation)
        #expect(station.isOpen)
        #expect(station.latitudeDegrees == 42.9364)
        #expect(station.heightMetres == 2877)
        #expect(station.exposureSeconds == 0.02)
        #expect(station.formats == ["Y16", "GREY"])
        #expect(station.controls == ["gain": -3, "focus": 7])
        #expect(station.threshold == 6.5)
        #expect(abs(station.alarmsPerHour - 1 / 24) < 1e-15)
        #expect(station.exclusions.map(\.x) == [10, 0])
        #expect(station.exclusions.map(\.width) == [20, 4096])
        #expect(station.port == 8099)
        #expect(station.diskBytes == 2 << 30)
        #expect(station.remark == "yes: a text")
    }

    @Test func `What is not written has its default`() throws {
        let station = try Station.read("name: a\nsite: {latitude: 0 deg}\ncamera:\n")
        #expect(station.role == .test)
        #expect(!station.isOpen)
        #expect(station.heightMetres == 0)
        #expect(station.exposureSeconds == nil)
        #expect(station.formats == ["GREY"])
        #expect(station.controls.isEmpty)
        #expect(station.port == 8098)
        #expect(station.remark == nil)
    }

    @Test(arguments: [
        ("20 ms", 0.02), ("20ms", 0.02), ("1e-2 s", 0.01), ("+.5 s", 0.5), ("2 min", 120), ("1.5e2 us", 0.00015),
    ])
    func `A duration is read from any usual spelling`(text: String, seconds: Double) throws {
        let value = try SettingsValue<Double>.seconds(0...1000).parse(text, false)
        #expect(abs(value - seconds) <= seconds * 1e-15)
    }

    @Test(arguments: ["nan s", "inf s", "0x10 s", "1e999 s", "- s", ". s", "1_0 s", "", "s", "1 fortnight", "1,5 s"])
    func `What is no decimal number with a unit is refused`(text: String) {
        #expect(throws: SettingsFault.self) { try SettingsValue<Double>.seconds(0...1000).parse(text, false) }
    }

    @Test(arguments: [("portt", "port"), ("prot", "port"), ("max-frames", "max_frames"), ("Exposure", "exposure")])
    func `A slip of the finger finds the word that was meant`(slip: String, word: String) {
        #expect(suggestion(for: slip, among: ["exposure", "max_frames", "port", "rate"]) == word)
    }

    @Test func `A word that is near to nothing finds nothing`() {
        #expect(suggestion(for: "telescope", among: ["exposure", "port", "rate"]) == nil)
        #expect(suggestion(for: String(repeating: "port", count: 1000), among: ["port"]) == nil)
    }
}
