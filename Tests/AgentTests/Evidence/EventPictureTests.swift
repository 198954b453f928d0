// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Agent
@testable import Detection

@Suite struct EventPictureTests {
    @Test func `Five frames are chosen, the peak among them`() throws {
        let clip = try #require(FlashScene().evidence().first?.clip)
        let frames = FrameChoice.frames(of: FlashScene().event, in: clip, count: 5)
        #expect(frames.map(\.index) == [29, 30, 31, 33, 34])
    }

    @Test func `A flash of one frame is shown between four quiet ones`() throws {
        var scene = FlashScene()
        scene.fluxes = [300]
        let clip = try #require(scene.evidence().first?.clip)
        #expect(FrameChoice.frames(of: scene.event, in: clip, count: 5).map(\.index) == [28, 29, 30, 31, 32])
    }

    @Test func `The flash is the brightest grey of its panel and marked`() throws {
        let evidence = try #require(FlashScene().evidence().first)
        let image = EventPicture(of: evidence, lightCurve: LightCurve(of: evidence), stationName: "station").draw()
        #expect(image.width == 1304)
        // The second panel is the peak: 240 pixels from x 280, y 112, framed in the colour of the peak.
        #expect(image[279, 200] == Palette.peak)
        let center = image[280 + 24 * 5 + 2, 112 + 24 * 5 + 2]
        #expect(center.red > 240 && center.red == center.green)
        let corner = image[285, 117]
        #expect(corner.red < 120)
    }

    @Test func `A moving event has its maximum image with the track`() throws {
        var scene = FlashScene()
        scene.stepPerFrame = (12, 5)
        scene.start = (40, 30)
        let moving = try #require(scene.evidence().first)
        #expect(moving.event.isMoving)
        #expect(!FlashScene().event.isMoving)
        let image = EventPicture(of: moving, lightCurve: LightCurve(of: moving), stationName: "station").draw()
        var trackPixels = 0
        for row in 480..<830 { for column in 30..<580 where image[column, row] == Palette.event { trackPixels += 1 } }
        #expect(trackPixels > 200)
    }

    @Test func `Every printable character and sign of measurement has a glyph of its own`() {
        let box = GlyphTable.rows(of: "\u{FFFD}")
        let letters = (32...126).map { Character(Unicode.Scalar($0)!) } + ["σ", "±", "·", "µ", "°"]
        for letter in letters {
            let rows = GlyphTable.rows(of: letter)
            #expect(rows != box && rows.count == GlyphTable.height, "\(letter)")
            #expect(rows.allSatisfy { $0 < 32 }, "\(letter) is too wide")
        }
        #expect(Set(letters.map { GlyphTable.rows(of: $0) }).count == letters.count)
    }

    @Test func `Kinds are headed in words`() {
        #expect(EventKind.allCases.map(\.title).first == "Lunar flash")
        #expect(EventKind.cosmicRay.title == "Cosmic ray")
    }

    @Test func `Axis marks are round numbers on the scale`() {
        let axis = PlotAxis(from: -0.43, to: 0.61, start: 100, end: 1100)
        #expect(axis.marks(count: 6).map(\.label) == ["-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6"])
        #expect(axis.pixel(-0.43) == 100 && axis.pixel(0.61) == 1100)
        #expect(PlotAxis(from: 5, to: 5, start: 0, end: 10).marks(count: 4).contains { $0.value == 5 })
        #expect(PlotAxis(from: 0, to: 25_000, start: 0, end: 10).marks(count: 5).map(\.label).last == "25000")
    }

    @Test func `Numbers are rounded as their errors are`() {
        #expect(DecimalText.withError(812.44, 7.14) == "812.4 ± 7.1")
        #expect(DecimalText.withError(12_800, 99.4) == "12800 ± 99")
        #expect(DecimalText.fixed(-0.04, decimals: 1) == "0.0")
        #expect(DecimalText.fixed(.nan, decimals: 1) == "–")
        #expect(DecimalText.fixed(2.005, decimals: 3) == "2.005")
    }
}
