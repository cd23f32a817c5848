using System.Globalization;
using Bench;
using Bench.Subjects;
using Bench.Workloads;

const string Usage = """
    usage: bench compare PROGRAMS OBJECT [--page FILE] [--baseline FILE] [--runs N] [--only NAME]
               measures what tools/Bench/run built, prints the tables, and writes page and baseline
           bench check PROGRAMS OBJECT BASELINE
               measures shortly what is steady, and fails when a ratio got worse by more than 30 %

    what is measured of this program itself:
           bench relocate OBJECT           relocates once
           bench read OBJECT WAKEUP        counts events until SIGTERM, woken for every WAKEUP
           bench walk ROUNDS               walks a ring in memory
           bench format IP_VERSION ROUNDS  prints rows to /dev/null
    """;

try
{
    return Run(args);
}
catch (Exception error) when (error is InvalidOperationException or InvalidDataException or IOException)
{
    Console.Error.WriteLine($"bench: {error.Message}");
    return 1;
}

static int Run(string[] args)
{
    switch (args)
    {
        case ["relocate", string path]:
            return Relocation.Run(path);
        case ["read", string path, string wakeup]:
            return EventReader.Run(path, Number(wakeup));
        case ["walk", string rounds]:
            return RingWalk.Run(Number(rounds));
        case ["format", string ipVersion, string rounds]:
            return RowPrinting.Run(Number(ipVersion), Number(rounds));
        case ["check", string folder, string path, string baseline]:
            return new RegressionCheck(new BuiltPrograms(folder, path), Baseline.Read(baseline)).Run();
        case ["compare", string folder, string path, .. string[] options]
            when options.Length % 2 == 0:
            return Comparison.Run(
                new BuiltPrograms(folder, path),
                Option(options, "--page"),
                Option(options, "--baseline"),
                Option(options, "--runs") is { } runs ? Number(runs) : Comparison.UsualRuns,
                Option(options, "--only"));
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static string? Option(string[] options, string name)
{
    int index = Array.IndexOf(options, name);
    return index < 0 ? null : options[index + 1];
}
