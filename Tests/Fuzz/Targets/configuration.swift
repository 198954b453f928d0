// SPDX-License-Identifier: Apache-2.0

import Settings

/// A configuration file.
///
/// Promises: it is values, or a bounded number of mistakes in the order of the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func configuration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    do throws(ConfigurationError) {
        let document = try SettingsDocument(yaml: bytes, file: "f")
        try document.decode { root in
            _ = root.read("name", .identifier(), default: "")
            _ = root.read("open", .boolean, default: false)
            root.section("site") { site in
                _ = site.read("latitude", .degrees(-90...90), default: 0)
                _ = site.read("height", .metres(-500...9000), default: 0)
            }
        }
    } catch {
        promise(
            (1...ConfigurationError.maximumMistakes).contains(error.mistakes.count), "\(error.mistakes.count) mistakes")
        promise(zip(error.mistakes, error.mistakes.dropFirst()).allSatisfy { $0.place <= $1.place }, "out of order")
        // YAML ends a line at a carriage return, too, and at U+0085, U+2028 and U+2029.
        promise(
            error.mistakes.allSatisfy { (1...bytes.count + 1).contains($0.place.line) && $0.place.column >= 1 },
            "a mistake outside of the file: \(error)")
    }
    return 0
}
