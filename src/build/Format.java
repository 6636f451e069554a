import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks or rewrites every Java file under a folder in the house format (google-java-format,
/// AOSP). It runs on the toolchain's JDK because the formatter parses with the JDK that it runs on.
///
/// Usage: `java -cp google-java-format.jar Format.java check|write FOLDER`; exit 1 if `check` found
/// a difference.
class Format {
    public static void main(String[] args) throws Exception {
        boolean write = args[0].equals("write");
        var formatter = new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        List<Path> wrong = new ArrayList<>();
        try (var files = Files.walk(Path.of(args[1]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String before = Files.readString(file);
                String after =
                        formatter.formatSource(
                                ImportOrderer.reorderImports(
                                        RemoveUnusedImports.removeUnusedImports(before),
                                        Style.AOSP));
                if (before.equals(after)) continue;
                wrong.add(file);
                if (write) Files.writeString(file, after);
            }
        }
        wrong.forEach(
                file -> System.out.println((write ? "formatted " : "badly formatted: ") + file));
        if (!write && !wrong.isEmpty()) {
            System.out.println("Run: mvn -q -Pformat process-sources");
            System.exit(1);
        }
    }
}
