// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The systemd unit of a station.
struct ServiceUnit {
    /// What systemd says of a unit.
    struct State: Hashable {
        /// Properties by name, as `systemctl show` prints them.
        var properties: [String: String]

        /// True if the service has started and runs.
        var isActive: Bool { properties["ActiveState"] == "active" }

        subscript(_ name: String) -> String { properties[name] ?? "" }
    }

    /// Name of the unit without its ending.
    let name: String

    /// The unit that the packages run with a configuration: /etc/psws/NAME.yaml belongs to NAME.service. Nil for a file
    /// elsewhere, with which an agent is run by hand.
    init?(configurationPath path: String) {
        let folder = "/etc/psws/"
        let ending = ".yaml"
        guard path.hasPrefix(folder), path.hasSuffix(ending) else { return nil }
        let stem = String(path.dropFirst(folder.count).dropLast(ending.count))
        let isName = stem.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "@-_.:".unicodeScalars.contains(scalar)
        }
        guard isName, stem == "psws-agent" || stem.hasPrefix("psws-agent@") else { return nil }
        name = stem
    }

    /// File of metrics of the running service.
    var metricsPath: String { "/run/\(name)/psws-agent.prom" }

    /// Asks systemd; nil if there is none.
    func state() -> State? {
        // The name has no character that means anything to a shell.
        let command = "systemctl show '\(name).service' 2>/dev/null"
        guard access("/run/systemd/system", F_OK) == 0, let stream = popen(command, "r") else { return nil }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while output.count < 1 << 20 {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count == 0 { break }
            output += chunk[..<count]
        }
        guard pclose(stream) == 0 else { return nil }
        return ServiceUnit.state(String(decoding: output, as: UTF8.self))
    }

    /// Reads what `systemctl show` prints.
    static func state(_ text: String) -> State {
        var properties: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            properties[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return State(properties: properties)
    }
}
