// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc

/// The cameras of this machine.
public enum V4L2DeviceList {
    /// Every camera, by the number of its node. Nodes that give no video (outputs, metadata) are left out; a camera
    /// that cannot be asked is listed with its problem. Asking does not disturb a camera that another program uses.
    public static func enumerate() -> [V4L2DeviceDescription] {
        enumerate(directory: "/dev", operations: cv4l2_system_operations())
    }

    static func enumerate(directory: String, operations: cv4l2_operations) -> [V4L2DeviceDescription] {
        let links = stableLinks(directory: directory)
        let numbers = names(in: directory).compactMap { name in
            name.hasPrefix("video") ? Int(name.dropFirst("video".count)) : nil
        }
        return numbers.sorted().compactMap { number in
            describe(
                path: "\(directory)/video\(number)", stablePaths: links["video\(number)"] ?? [], operations: operations)
        }
    }

    private static func describe(
        path: String, stablePaths: [String], operations: cv4l2_operations
    ) -> V4L2DeviceDescription? {
        var description = V4L2DeviceDescription(path: path, stablePaths: stablePaths)
        do {
            let device = try V4L2Device(path: path, operations: operations)
            let identity = try device.identity()
            guard identity.capturesVideo else { return nil }
            description.name = identity.card
            description.driver = identity.driver
            description.bus = identity.bus
            description.controls = device.controls()
            description.formats = try device.formatOffers()
        } catch {
            description.problem = error.message + (error.remedy.map { " (\($0))" } ?? "")
        }
        return description
    }

    /// The links that udev has made, by the name of the node that they point to.
    private static func stableLinks(directory: String) -> [String: [String]] {
        var links: [String: [String]] = [:]
        for folder in ["\(directory)/v4l/by-id", "\(directory)/v4l/by-path"] {
            for name in names(in: folder).sorted() {
                guard let target = linkTarget("\(folder)/\(name)"), let node = target.split(separator: "/").last
                else { continue }
                links[String(node), default: []].append("\(folder)/\(name)")
            }
        }
        return links
    }

    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) { names.append(textOfFixedArray(entry.pointee.d_name)) }
        return names
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = buffer.withUnsafeMutableBytes { readlink(path, $0.baseAddress, $0.count) }
        return length > 0 ? String(decoding: buffer.prefix(length), as: UTF8.self) : nil
    }
}
