// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import Console

/// `psws-agent cameras`: what is attached.
struct CamerasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cameras",
        abstract: "List the video devices of this machine with their formats, sizes, rates and controls.")

    @Flag(help: "Print JSON, one object a device.")
    var json = false

    func run() throws {
        let devices = V4L2DeviceList.enumerate()
        for device in devices { StandardOutput.write(json ? device.json : device.description) }
        if devices.isEmpty { StandardError.write("psws-agent: no video device (/dev/video*) is there") }
    }
}
