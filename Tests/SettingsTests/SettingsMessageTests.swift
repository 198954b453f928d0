// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Settings

/// What operators read. A change here is a change of what they see: is it as clear as before?
struct SettingsMessageTests {
    @Test func `All mistakes are reported at once, each at its place`() {
        let yaml = """
            name: Pic du Midi
            role: observaton
            open: yes
            site:
              latitud: 42.9 deg
              height: 2877
            camera:
              exposure: 20 sec
              formats: Y16
              controls: {gain: high}
            detection:
              threshold: 2
              false_alarms: 0,1 /h
              exclude:
                - {x: 1.5 px, width: 20 px}
                - {x: 1 px, heigth: 3 px}
                - none
            server:
              port: 80.5
              disk: 5 kB
              port: 99999
            remark:
            watchdog: true
            """
        #expect(
            Station.messages(yaml) == """
                box.yaml:1:7: error: name: 'Pic du Midi' cannot be part of an identifier (use the letters a to z, digits, '-', '_' and '.', and begin with a letter or digit)
                box.yaml:2:7: error: role: 'observaton' is not a choice (did you mean 'observation'? write observation, test)
                box.yaml:3:7: error: open: 'yes' is neither true nor false (write true, without quotes and in small letters)
                box.yaml:5:3: error: site.latitud: unknown key (did you mean 'latitude'?)
                box.yaml:6:11: error: site.height: '2877' has no unit (write the length with one of mm, cm, m, km)
                box.yaml:8:13: error: camera.exposure: 'sec' is not a unit of duration (use one of ns, us, ms, s, min, h, d)
                box.yaml:9:12: error: camera.formats: the text 'Y16' stands where a list should be (write [one, two], or one element a line, each after '- ')
                box.yaml:10:20: error: camera.controls.gain: 'high' is not a number (write a number, for example 0)
                box.yaml:12:14: error: detection.threshold: 2 is out of range (write a number from 3 to 20)
                box.yaml:13:17: error: detection.false_alarms: '0,1 /h' is not a number (write decimals with a point)
                box.yaml:15:11: error: detection.exclude[1].x: '1.5 px' is not a whole number of pixels
                box.yaml:16:7: error: detection.exclude[2].width: the key is missing (add 'width: …')
                box.yaml:16:17: error: detection.exclude[2].heigth: unknown key (known here: width, x)
                box.yaml:17:7: error: detection.exclude[3]: the text 'none' stands where a section should be (write its keys below, each 'key: value', indented by two spaces)
                box.yaml:19:9: error: server.port: '80.5' is not a whole number (write a number without decimals)
                box.yaml:20:9: error: server.disk: 5 kB is out of range (write the amount of data from 1 MiB to 1024 TiB)
                box.yaml:21:3: error: server.port: the key stands twice, first at line 19, column 3 (remove one of them)
                box.yaml:22:8: error: remark: the key has no value (write one, or remove the key)
                box.yaml:23:1: error: watchdog: unknown key (known here: camera, detection, name, open, remark, role, server, site)
                """)
    }

    @Test func `A missing section is one mistake, not one for each of its keys`() {
        #expect(
            Station.messages("") == """
                box.yaml:1:1: error: name: the key is missing (add 'name: …')
                box.yaml:1:1: error: site: the section is missing (add it with latitude)
                """)
    }

    @Test func `A value that does not go with the others is rejected at its place`() {
        #expect(
            Station.messages("name: a\nsite: {latitude: 1 deg}\nserver:\n  port: 22") == """
                box.yaml:4:9: error: server.port: 22 belongs to ssh (take another)
                """)
    }

    @Test(arguments: [
        (
            "a: 1\n\tb: 2",
            "box.yaml:2:1: error: a tab is used for indentation (indent with spaces; YAML does not know tabs)"
        ),
        (
            "site:\n  \tlatitude: 2 deg",
            "box.yaml:2:3: error: a tab is used for indentation (indent with spaces; YAML does not know tabs)"
        ),
        (
            "a: b: c",
            "box.yaml:1:5: error: a ':' where no key can stand (begin the keys of one section in the same column, and quote a text that contains ': ')"
        ),
        (
            "a: \"b\nc: d",
            "box.yaml:2:5: error: the file ends inside a quoted text that began at line 1, column 4 (close the quotes)"
        ),
        (
            "a: [1, 2\nb: 3",
            "box.yaml:2:2: error: the list that began at line 1, column 4 is not closed (separate its elements by ',' and end it with ']')"
        ),
        (
            "a:\n    b: 1\n  c: 2",
            "box.yaml:3:3: error: this line does not belong to the section that began at line 1, column 1 (begin the keys of one section in the same column)"
        ),
        (
            "a: 1\nb\nc: 2",
            "box.yaml:2:1: error: a key has no ':' (write 'key: value' with a space after the colon)"
        ),
        ("a: @home", "box.yaml:1:4: error: a text must not begin with this character (quote the text)"),
        (
            "a: 1\n---\nb: 2",
            "box.yaml:2:1: error: a second document begins (remove the line '---' and put everything into one document)"
        ),
    ])
    func `A file that is not YAML says why in plain words`(yaml: String, message: String) {
        #expect(Station.messages(yaml) == message)
    }
}
