// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct V4L2FormatChoiceTests {
    private func best(
        _ offers: [V4L2FormatOffer], preference: [CameraPixelFormat] = V4L2CameraOptions.usualPixelFormats,
        width: Int? = nil, height: Int? = nil, framesPerSecond: Double? = nil
    ) -> V4L2FormatChoice? {
        V4L2FormatChoice.ranked(
            offers: offers, preference: preference.map(\.fourCC), width: width, height: height,
            framesPerSecond: framesPerSecond
        ).first
    }

    @Test func `Deep monochrome comes before shallow, and that before colour`() {
        let size = (640, 480, [30.0])
        let all: [V4L2FormatOffer] = [
            .offer(.yuyv, size), .offer(.rggb12, size), .offer(.grey, size), .offer(.y10, size), .offer(.y16, size),
        ]
        let ranked = V4L2FormatChoice.ranked(
            offers: all, preference: V4L2CameraOptions.usualPixelFormats.map(\.fourCC), width: nil, height: nil,
            framesPerSecond: nil)
        let order: [CameraPixelFormat] = [.y16, .y10, .grey, .rggb12, .yuyv]
        #expect(ranked.map(\.fourCC) == order.map(\.fourCC))
    }

    @Test func `Every format that can be read has its place in the usual order, once`() {
        #expect(Set(V4L2CameraOptions.usualPixelFormats) == Set(CameraPixelFormat.allCases))
        #expect(V4L2CameraOptions.usualPixelFormats.count == CameraPixelFormat.allCases.count)
    }

    @Test func `Without a wish the largest size that reaches 25 frames a second is taken`() {
        let choice = best([.offer(.grey, (640, 480, [60]), (1280, 720, [30, 15]), (1920, 1080, [5]))])
        #expect(
            choice
                == V4L2FormatChoice(
                    fourCC: CameraPixelFormat.grey.fourCC, width: 1280, height: 720, framesPerSecond: 30))
    }

    @Test func `If none reaches 25 the fastest is taken`() {
        #expect(best([.offer(.grey, (640, 480, [20]), (1280, 720, [10]))])?.width == 640)
    }

    @Test func `A wanted rate decides over the size`() {
        let offer = V4L2FormatOffer.offer(.grey, (640, 480, [60, 30]), (1280, 720, [30]), (1920, 1080, [5]))
        #expect(best([offer], framesPerSecond: 60)?.width == 640)
        #expect(best([offer], framesPerSecond: 5)?.width == 1920)
        #expect(best([offer], framesPerSecond: 59.94)?.width == 640)
        #expect(best([offer], framesPerSecond: 24) == nil)
    }

    @Test func `A wanted size passes over better formats that do not have it`() {
        let offers: [V4L2FormatOffer] = [.offer(.y16, (640, 480, [30])), .offer(.grey, (800, 600, [30]))]
        #expect(best(offers, width: 800, height: 600)?.fourCC == CameraPixelFormat.grey.fourCC)
        #expect(best(offers, width: 801) == nil)
    }

    @Test func `A range of sizes gives any size on its steps`() {
        var offer = V4L2FormatOffer.offer(.grey)
        offer.sizes = [V4L2SizeOffer(widths: 48...1920, heights: 32...1080, widthStep: 16, heightStep: 4)]
        #expect(best([offer])?.width == 1920)
        #expect(best([offer], width: 640, height: 480)?.height == 480)
        #expect(best([offer], width: 641, height: 480) == nil)
    }

    @Test func `A driver that lists no sizes is asked for what is wanted`() {
        #expect(best([.offer(.grey)], width: 1024, height: 768)?.width == 1024)
        #expect(best([.offer(.grey)])?.width == nil)
    }
}
