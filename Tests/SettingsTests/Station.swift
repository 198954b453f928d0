// SPDX-License-Identifier: Apache-2.0

import Settings

/// A configuration that uses every kind of value, as a room would declare one.
struct Station: Equatable {
    enum Role: String, CaseIterable { case observation, test }

    struct Rectangle: Equatable {
        var x: Int
        var width: Int

        init(_ section: inout SettingsSection) {
            x = section.read("x", .wholePixels(0...4096))
            width = section.read("width", .wholePixels(1...4096))
        }
    }

    var name: String
    var role: Role
    var isOpen: Bool
    var port: Int
    var latitudeDegrees: Double
    var heightMetres: Double
    var exposureSeconds: Double?
    var diskBytes: Int
    var alarmsPerHour: Double
    var threshold: Double
    var formats: [String]
    var exclusions: [Rectangle]
    var controls: [String: Int]
    var remark: String?

    init(_ root: inout SettingsSection) {
        name = root.read("name", .identifier())
        role = root.read("role", .choice(), default: .test)
        isOpen = root.read("open", .boolean, default: false)
        (latitudeDegrees, heightMetres) = root.section("site") { site in
            (site.read("latitude", .degrees(-90...90)), site.read("height", .metres(-500...9000), default: 0))
        }
        (exposureSeconds, formats, controls) = root.section("camera") { camera in
            (
                camera.readIfPresent("exposure", .seconds(1e-5...60)),
                camera.list("formats", of: .text(1...8), count: 1...4, default: ["GREY"]),
                camera.dictionary("controls", of: .integer(-100...100))
            )
        }
        (threshold, alarmsPerHour, exclusions) = root.section("detection") { detection in
            (
                detection.read("threshold", .number(3...20), default: 5),
                detection.read("false_alarms", .perHour(0.001...100), default: 0.1),
                detection.sections("exclude") { Rectangle(&$0) }
            )
        }
        (port, diskBytes) = root.section("server") { server in
            let port = server.read("port", .integer(1...65_535), default: 8098)
            let disk = server.read("disk", .bytes((1 << 20)...(1 << 50)), default: 1 << 30)
            if port == 22 { server.reject("port", "22 belongs to ssh", remedy: "take another") }
            return (port, disk)
        }
        remark = root.readIfPresent("remark", .text())
    }

    static func read(_ yaml: String) throws(ConfigurationError) -> Station {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { Station(&$0) }
    }

    /// What the reader says about a bad file, or nothing if it takes it.
    static func messages(_ yaml: String) -> String {
        do {
            _ = try read(yaml)
            return ""
        } catch {
            return error.description
        }
    }
}
