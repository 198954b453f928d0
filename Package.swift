// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// Loops over every pixel of every frame are some fifty times slower without the optimiser: a debug build could not
// search a test scene in reasonable time.
let pixelLoops: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

// The solver's loops over cells are in several files of one module, which only see into each other when the module is
// compiled as a whole.
let cellLoops: [SwiftSetting] = [
    .unsafeFlags(["-O", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug))
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "psws",
    products: [
        .executable(name: "psws-agent", targets: ["psws-agent"]),
        .executable(name: "psws-server", targets: ["psws-server"]),
        .executable(name: "psws", targets: ["psws"]),
        .executable(name: "psws-bench", targets: ["psws-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // Small rooms at the bottom that everything may import.
        .target(name: "UTC"),
        .target(name: "JSON"),
        .target(name: "Console", dependencies: [argumentParser]),

        // C libraries, and the thinnest shims for what Swift cannot import.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CXML2", dependencies: ["CLibXML2"]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "CV4L2", linkerSettings: [.linkedLibrary("v4l2")]),
        .target(name: "CCFITSIO"),
        .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
        .systemLibrary(name: "CERFA", pkgConfig: "erfa", providers: [.apt(["liberfa-dev"])]),
        .target(name: "CCurl"),
        .systemLibrary(name: "CNova", providers: [.apt(["libnova-dev"])]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CTimex"),
        .target(name: "CPages"),
        .target(name: "CGPIOD", linkerSettings: [.linkedLibrary("gpiod")]),
        .target(name: "CScheduling"),
        // The loops over pixels for each instruction set; SwiftPM would leave them without the optimiser, too.
        .target(name: "CDetectionKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
        .target(name: "CNotify"),

        .target(name: "XML", dependencies: ["CXML2"]),
        .target(name: "Settings", dependencies: ["CYAML"]),
        .target(name: "Transfer", dependencies: ["CCurl"]),
        .target(name: "Telemetry", dependencies: ["CNotify", "UTC", logging]),
        .target(name: "Camera", dependencies: ["CCFITSIO", "CPNG", "CV4L2", "JSON", "UTC"], swiftSettings: pixelLoops),
        .target(name: "Ephemeris", dependencies: ["CERFA", "CNova", "UTC"]),
        .target(name: "Propagation", dependencies: ["CZlib", "Ephemeris", "UTC"], swiftSettings: cellLoops),
        .target(
            name: "Detection", dependencies: ["CDetectionKernels", "Camera", "Ephemeris", "UTC"],
            swiftSettings: pixelLoops),
        // Simulated scenes with known events for measurements and tests of detection; no part of the agent.
        .target(name: "DetectionTrials", dependencies: ["Camera", "Detection"]),
        .target(name: "VOTable", dependencies: ["XML"]),
        .target(name: "VOEvent", dependencies: ["JSON", "UTC", "XML"]),
        .target(name: "VTP", dependencies: ["UTC", "VOEvent", "XML", nioCore, nioPosix, logging]),
        // TLS for VTP. It is large; the agent does without.
        .target(
            name: "SecureVTP", dependencies: ["UTC", "VTP", crypto, nioCore, nioSSL, nioTLS, systemPackage]),
        .target(
            name: "Agent",
            dependencies: [
                "CGPIOD", "CPages", "CTimex", "Camera", "Detection", "Ephemeris", "JSON", "Predictions",
                "Propagation", "Settings", "Telemetry", "Transfer", "UTC", "VOEvent", "VOTable", "VTP", logging,
                nioCore, nioHTTP1, nioPosix,
            ]),
        .target(
            name: "Server",
            dependencies: [
                "Alerts", "Ephemeris", "Propagation", "SecureVTP", "Settings", "Telemetry", "UTC", "VOEvent", "VTP",
                "XML", grdb, logging, nioCore, nioPosix, serviceLifecycle, unixSignals,
            ]),
        // The centre over HTTP. What it needs for that stays out of the server itself.
        .target(
            name: "Portal",
            dependencies: [
                "Alerts", "JSON", "Server", "Telemetry", "UTC", "VOEvent", "VTP", crypto, httpTypes, hummingbird,
                hummingbirdCore, logging, nioCore, serviceLifecycle,
            ]),

        // Predictions as tables and events, and the centre's service that publishes them.
        .target(name: "Predictions", dependencies: ["JSON", "Propagation", "UTC", "VOEvent", "VOTable"]),
        .target(
            name: "Alerts",
            dependencies: [
                "Ephemeris", "Predictions", "Propagation", "Transfer", "UTC", "VOEvent", grdb, nioPosix,
            ]),

        // Brokers under load, ours and others, for measurements; no part of the server.
        .target(name: "BrokerTrials", dependencies: [nioCore, nioPosix]),

        .executableTarget(
            name: "psws-agent",
            dependencies: [
                "Agent", "Camera", "Console", "Detection", "Settings", "Telemetry", "UTC", "VTP", argumentParser,
                logging,
            ], exclude: ["Manual"]),
        .executableTarget(
            name: "psws-server",
            dependencies: ["Console", "JSON", "Portal", "SecureVTP", "Server", "Telemetry", argumentParser, logging],
            exclude: ["Manual"]),
        .executableTarget(
            name: "psws",
            dependencies: [
                "Console", "Ephemeris", "JSON", "Predictions", "Propagation", "SecureVTP", "UTC", "VOEvent", "VOTable",
                "VTP", "XML", argumentParser, logging, nioPosix, systemPackage,
            ],
            exclude: ["Manual"]),
        .executableTarget(
            name: "psws-bench",
            dependencies: [
                "BrokerTrials", "CScheduling", "Camera", "Console", "Detection", "DetectionTrials", "JSON",
                "Propagation", "VOTable", argumentParser, nioPosix,
            ]),

        .testTarget(name: "UTCTests", dependencies: ["UTC"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "XMLTests", dependencies: ["XML"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "UTC", logging]),
        .testTarget(name: "CameraTests", dependencies: ["CCFITSIO", "CPNG", "CV4L2", "Camera", "UTC"]),
        .testTarget(
            name: "DetectionTests",
            dependencies: [
                "CAllocationCounter", "CDetectionKernels", "Camera", "Detection", "DetectionTrials", "Ephemeris", "UTC",
            ],
            swiftSettings: pixelLoops),
        // Replaces the allocator of the test program by one that counts.
        .target(name: "CAllocationCounter", path: "Tests/Support/CAllocationCounter"),
        // The GPIO shim over imitations of both versions of libgpiod.
        .target(name: "CGPIODTrials", dependencies: ["CGPIOD"], path: "Tests/Support/CGPIODTrials"),
        // An event log in memory.
        .target(name: "VTPTrials", dependencies: ["UTC", "VTP"], path: "Tests/Support/VTPTrials"),
        .testTarget(name: "EphemerisTests", dependencies: ["CERFA", "Ephemeris", "UTC"]),
        .testTarget(
            name: "PropagationTests", dependencies: ["Ephemeris", "Propagation", "UTC"], swiftSettings: cellLoops),
        .testTarget(name: "VOTableTests", dependencies: ["VOTable", "XML"]),
        .testTarget(name: "VOEventTests", dependencies: ["UTC", "VOEvent", "XML"]),
        .testTarget(
            name: "VTPTests", dependencies: ["UTC", "VTP", "VTPTrials", logging, nioCore, nioEmbedded, nioPosix]),
        .testTarget(name: "SecureVTPTests", dependencies: ["SecureVTP", "UTC", "VTP"]),
        .testTarget(
            name: "AgentTests",
            dependencies: [
                "Agent", "CGPIOD", "CGPIODTrials", "CPages", "CPNG", "CTimex", "Camera", "Detection", "Ephemeris",
                "Predictions", "Propagation", "Settings", "Telemetry", "Transfer", "UTC", "VOEvent", "VTP", "VTPTrials",
                "XML",
                logging, nioCore, nioPosix,
            ]),
        .testTarget(
            name: "ServerTests",
            dependencies: ["Server", "Settings", "UTC", "VTP", "XML", grdb, logging, nioPosix]),
        .testTarget(
            name: "AlertsTests",
            dependencies: [
                "Alerts", "Ephemeris", "Predictions", "Propagation", "Transfer", "UTC", "VOEvent", grdb, nioPosix,
            ]),
        .testTarget(
            name: "PredictionsTests", dependencies: ["Predictions", "Propagation", "UTC", "VOEvent", "VOTable"]),
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "Portal", "Server", "UTC", "VTP", httpTypes, hummingbird, hummingbirdTesting, logging, nioCore,
                nioPosix,
            ]),
        .testTarget(
            name: "PswsTests", dependencies: ["Propagation", "UTC", "VOEvent", "VOTable", "psws", argumentParser]),
    ]
)
