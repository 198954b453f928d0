// SPDX-License-Identifier: Apache-2.0

import Telemetry

/// What the kernel says of the board that the agent runs on: its heat, its supply, and how worn its card is.
struct BoardSensors: Sendable {
    /// Where the kernel shows its devices; tests show others.
    var root = "/sys"
    var files: any FileOperations = DurableFiles()

    /// What was read; nil where the board has no such sensor.
    struct Reading: Sendable, Hashable {
        /// The hottest place of the board, in degrees Celsius.
        var temperatureCelsius: Double?
        /// True while the supply's voltage is too low, or has been since the start (Raspberry Pi).
        var isUnderVoltage: Bool?
        /// Share of its life that the worst eMMC or SD card has behind it, 0...1, in steps of a tenth.
        var cardWear: Double?
    }

    /// Reads all sensors; takes less than a millisecond.
    func read() -> Reading {
        Reading(temperatureCelsius: temperature, isUnderVoltage: underVoltage, cardWear: cardWear)
    }

    /// Figures for monitoring systems; those that the board has.
    var metrics: [Metric] {
        let reading = read()
        var metrics: [Metric] = []
        if let temperature = reading.temperatureCelsius {
            metrics.append(
                Metric(
                    "psws_board_temperature", .gauge, unit: "celsius", help: "The hottest place of the board.",
                    value: temperature))
        }
        if let isUnderVoltage = reading.isUnderVoltage {
            metrics.append(
                Metric(
                    "psws_board_under_voltage", .gauge,
                    help: "1 if the supply's voltage is too low, or was since the start.",
                    value: isUnderVoltage ? 1 : 0))
        }
        if let wear = reading.cardWear {
            metrics.append(
                Metric(
                    "psws_board_card_wear", .gauge, unit: "ratio",
                    help: "Share of its life that the card has behind it.",
                    value: wear))
        }
        return metrics
    }

    private var temperature: Double? {
        names(in: "class/thermal", prefix: "thermal_zone").compactMap { zone in
            // Thousandths of a degree; zones that are off say nonsense far below.
            text("class/thermal/\(zone)/temp").flatMap(Double.init).map { $0 / 1000 }
        }.filter { (-60...200).contains($0) }.max()
    }

    /// Bits 0 and 16 of the firmware's word: too low now, and since the start.
    private var underVoltage: Bool? {
        text("devices/platform/soc/soc:firmware/get_throttled").flatMap { Int($0, radix: 16) }.map { $0 & 0x10001 != 0 }
    }

    /// JEDEC JESD84-B51, DEVICE_LIFE_TIME_EST_TYP_A and B: 1 for up to a tenth of the life used … 11 for more than all.
    private var cardWear: Double? {
        names(in: "block", prefix: "mmcblk").compactMap { card in
            text("block/\(card)/device/life_time")?.split(separator: " ").compactMap {
                Int($0.dropFirst($0.hasPrefix("0x") ? 2 : 0), radix: 16)
            }.max()
        }.filter { (1...11).contains($0) }.max().map { min(1, Double($0) / 10) }
    }

    private func names(in directory: String, prefix: String) -> [String] {
        // The kernel's entries are links to directories.
        ((try? files.items(in: "\(root)/\(directory)")) ?? []).map(\.name).filter { $0.hasPrefix(prefix) }
    }

    private func text(_ path: String) -> String? {
        guard let bytes = try? files.read("\(root)/\(path)", maximumBytes: 256) else { return nil }
        let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}
