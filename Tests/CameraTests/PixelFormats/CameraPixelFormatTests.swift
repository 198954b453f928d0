// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@Suite struct CameraPixelFormatTests {
    @Test func `Codes are those of the kernel`() {
        // v4l2_fourcc of linux/videodev2.h: the first character in the lowest byte.
        #expect(CameraPixelFormat.grey.fourCC == 0x5945_5247)
        #expect(CameraPixelFormat.y16.fourCC == 0x2036_3159)
        #expect(CameraPixelFormat.y16BigEndian.fourCC == 0xA036_3159)
        #expect(CameraPixelFormat(fourCC: 0x3231_564E) == .nv12)
        #expect(CameraPixelFormat(fourCC: 0x4745_504A) == nil, "JPEG is not for this room")
    }

    @Test func `Every code leads back to its format`() {
        for format in CameraPixelFormat.allCases {
            #expect(CameraPixelFormat(fourCC: format.fourCC) == format)
        }
    }

    @Test func `Frames have the sizes that drivers use`() {
        let cases: [(CameraPixelFormat, bytesPerLine: Int, frame: Int)] = [
            (.grey, 640, 307_200), (.y16, 1280, 614_400), (.y10Packed, 800, 384_000), (.y12Packed, 960, 460_800),
            (.bggr14Packed, 1120, 537_600), (.y10BitPacked, 800, 384_000), (.yuyv, 1280, 614_400),
            (.nv12, 640, 460_800), (.yuv420, 640, 460_800), (.nv16, 640, 614_400), (.rgb24, 1920, 921_600),
        ]
        for (format, bytesPerLine, frame) in cases {
            #expect(format.minimumBytesPerLine(width: 640) == bytesPerLine, "\(format)")
            #expect(
                format.frameByteCount(width: 640, height: 480, bytesPerLine: bytesPerLine) == frame, "\(format)")
        }
    }

    @Test func `A mosaic keeps its order of colours`() {
        #expect(CameraPixelFormat.grbg12.colorFilter == .grbg)
        #expect(CameraPixelFormat.bggr16.colorFilter == .bggr)
        #expect(CameraPixelFormat.rggb10Packed.colorFilter == .rggb)
        #expect(CameraPixelFormat.y12.colorFilter == .none)
    }
}
