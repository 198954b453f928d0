// SPDX-License-Identifier: Apache-2.0

import Telemetry
import Testing

@Suite struct OpenMetricsTextTests {
    @Test func `A counter ends in total and bears its unit`() {
        let metric = Metric("psws_blind", .counter, unit: "seconds", help: "Time without sight.", value: 12.5)
        #expect(
            OpenMetricsText.text([metric]) == """
                # TYPE psws_blind_seconds counter
                # UNIT psws_blind_seconds seconds
                # HELP psws_blind_seconds Time without sight.
                psws_blind_seconds_total 12.5
                # EOF

                """)
    }

    @Test func `Of several states one is 1`() {
        let metric = Metric("sky", help: "h", label: "is", states: ["clear", "cloudy"], present: "clear")
        let text = OpenMetricsText.text([metric])
        #expect(text.contains("# TYPE sky gauge\n"))
        #expect(text.contains("sky{is=\"clear\"} 1\nsky{is=\"cloudy\"} 0\n"))
    }

    @Test func `Quotes, backslashes and line breaks are escaped`() {
        let metric = Metric("a", help: "two\nlines", label: "b", states: ["c\"\\\n"], present: nil)
        let text = OpenMetricsText.text([metric])
        #expect(text.contains("# HELP a two\\nlines\n"))
        #expect(text.contains("a{b=\"c\\\"\\\\\\n\"} 0\n"))
    }

    @Test func `What is not a number is left out`() {
        let text = OpenMetricsText.text([Metric("a", .gauge, help: "h", value: .nan)])
        #expect(text == "# TYPE a gauge\n# HELP a h\n# EOF\n")
    }
}
