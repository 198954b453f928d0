// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
    name: "psws",
    targets: [
        .target(name: "UTC"),
        .target(name: "Camera", dependencies: ["UTC"]),
        .testTarget(name: "UTCTests", dependencies: ["UTC"]),
    ]
)
