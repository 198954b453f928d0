// SPDX-License-Identifier: Apache-2.0

import CPNG
import Camera
import Testing

/// Decodes a PNG file with libpng's own reader.
func decodedPNG(_ bytes: [UInt8], channels: Int) throws -> (width: Int, height: Int, samples: [UInt8]) {
    var image = png_image()
    image.version = 1  // PNG_IMAGE_VERSION
    defer { png_image_free(&image) }
    try #require(png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0)
    image.format = channels == 1 ? 0 : 2  // PNG_FORMAT_GRAY and PNG_FORMAT_RGB
    let (width, height) = (Int(image.width), Int(image.height))
    var samples = [UInt8](repeating: 0, count: width * height * channels)
    try #require(png_image_finish_read(&image, nil, &samples, Int32(width * channels), nil) != 0)
    return (width, height, samples)
}

@Suite struct PNGFileTests {
    @Test func `A grey picture reads back pixel by pixel`() throws {
        var image = GrayscaleImage(width: 7, height: 5)
        for row in 0..<5 { for column in 0..<7 { image[column, row] = UInt8(column * 30 + row) } }
        let bytes = try PNGFile.encode(image)
        #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        // Bit depth and colour type of the header.
        #expect(bytes[24] == 8 && bytes[25] == 0)
        let decoded = try decodedPNG(bytes, channels: 1)
        #expect(decoded.width == 7 && decoded.height == 5)
        #expect(decoded.samples == image.levels)
    }

    @Test func `A colour picture reads back pixel by pixel`() throws {
        var image = RGBImage(width: 3, height: 2, color: RGBColor(hex: 0x102030))
        image[2, 1] = RGBColor(red: 255, green: 1, blue: 128)
        let decoded = try decodedPNG(try PNGFile.encode(image), channels: 3)
        #expect(decoded.samples == image.channels)
        #expect(decoded.samples.prefix(3) == [0x10, 0x20, 0x30])
        #expect(decoded.samples.suffix(3) == [255, 1, 128])
    }

    @Test func `A picture above the limit is refused`() throws {
        let image = GrayscaleImage(width: 8192, height: 8193)
        #expect { try PNGFile.encode(image) } throws: { ($0 as? CameraError)?.code == .tooLarge }
    }

    @Test func `libpng's own refusal is an error, not a crash`() throws {
        // libpng takes at most 1 000 000 columns.
        let image = GrayscaleImage(width: 1_000_001, height: 1)
        #expect { try PNGFile.encode(image) } throws: { error in
            guard let error = error as? CameraError else { return false }
            return error.code == .inputOutput && error.message.contains("libpng")
        }
    }

    @Test func `Writing where nothing can be written names the file`() throws {
        let image = GrayscaleImage(width: 1, height: 1)
        #expect { try PNGFile.write(image, to: "/nowhere/a.png") } throws: { error in
            (error as? CameraError)?.place == "/nowhere/a.png"
        }
        #expect { try PNGFile.write(image, to: "/dev/full") } throws: { error in
            (error as? CameraError)?.code == .inputOutput
        }
    }
}
