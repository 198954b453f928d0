// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc

/// Whether the configured camera is there, can be used, and by whom it is used.
struct CameraExamination {
    let camera: CameraConfiguration
    /// The cameras of the machine.
    var devices: () -> [V4L2DeviceDescription] = V4L2DeviceList.enumerate
    /// Processes that have a device open.
    var users: (String) -> [DeviceUser] = DeviceUser.ofDevice
    /// Who may use a device.
    var access: (String) -> DeviceAccess? = DeviceAccess.init

    private static let subject = "camera"

    func findings() -> [Finding] {
        switch camera.kind {
        case .v4l2: return device(camera.device.path)
        case .simulated: return [.ok(Self.subject, "simulated")]
        case .file:
            return camera.recordingPaths.map { path in
                // `-` is standard input.
                path == "-" || Glibc.access(path, R_OK) == 0
                    ? .ok(Self.subject, "recording \(path)")
                    : .failed(
                        Self.subject, "recording \(path): \(String(cString: strerror(errno)))",
                        remedy: "check camera.file.paths")
            }
        }
    }

    private func device(_ path: String) -> [Finding] {
        let devices = devices()
        guard let device = devices.first(where: { $0.path == path || $0.stablePaths.contains(path) }) else {
            let others = devices.map { "\($0.stablePaths.first ?? $0.path) (\($0.name))" }.joined(separator: ", ")
            return [
                .failed(
                    Self.subject, "\(path) is not there, or gives no video",
                    remedy: others.isEmpty
                        ? "plug it in; no camera is there" : "plug it in, or name one that is there: \(others)")
            ]
        }
        if let problem = device.problem {
            return [.failed(Self.subject, "\(path): \(problem)", remedy: "see psws-agent cameras")]
        }
        var findings = [Finding.ok(Self.subject, "\(path): \(device.name) (\(device.driver)), \(formats(device))")]
        if path == device.path, let stable = device.stablePaths.first {
            findings.append(
                .warning(
                    Self.subject, "\(path) may be another camera after the next start",
                    remedy: "write device: \(stable)"))
        }
        if let access = access(device.path), !access.isForGroupVideo {
            findings.append(
                .failed(
                    Self.subject, "\(device.path) belongs to \(access.text): the service may not use it",
                    remedy: "let a udev rule give it to the group video, which may read and write"))
        }
        for user in users(device.path) where !user.program.hasPrefix("psws-agent") {
            findings.append(
                .warning(
                    Self.subject, "\(device.path) is open in \(user.program), process \(user.process)",
                    remedy: "end that program, if the agent cannot get frames"))
        }
        return findings
    }

    /// The formats that need no conversion, or what there is.
    private func formats(_ device: V4L2DeviceDescription) -> String {
        let direct = device.formats.filter { $0.use != .converted }
        let named = (direct.isEmpty ? device.formats : direct).map { format in
            let largest = format.sizes.max { $0.greatestArea < $1.greatestArea }
            return format.fourCCText + (largest.map { " \($0)" } ?? "")
        }
        return named.isEmpty
            ? "no formats" : named.prefix(3).joined(separator: "; ") + (direct.isEmpty ? "; by conversion" : "")
    }
}

extension V4L2SizeOffer {
    fileprivate var greatestArea: Int { widths.upperBound * heights.upperBound }
}
