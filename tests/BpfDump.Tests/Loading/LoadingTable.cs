using System.Text;

namespace BpfDump.Tests.Loading;

/// <summary>The table of docs/loading.md: each object as it is and as its tool prepares it, by both loaders.</summary>
internal static class LoadingTable
{
    private const string Begin = "<!-- written by tests/corpus/report: begin -->\n";
    private const string End = "<!-- end -->";

    /// <summary>With UPDATE_GOLDEN=1, puts the table into docs/loading.md.</summary>
    public static void WriteWhenAsked(LoadComparison untouched, LoadComparison prepared)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") != "1")
        {
            return;
        }

        string path = Checkout.PathOf("docs/loading.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, $"{text[..begin]}{Describe(untouched, prepared)}{text[end..]}");
    }

    private static string Describe(LoadComparison untouched, LoadComparison prepared)
    {
        StringBuilder text = new();
        text.Append(
            $"Kernel {Environment.OSVersion.Version.ToString(2)}: as they are, libbpf loads "
            + $"{Loaded(untouched.Libbpf)} and BpfCore {Loaded(untouched.BpfCore)} of {untouched.Libbpf.Count}; prepared, "
            + $"{Loaded(prepared.Libbpf)} and {Loaded(prepared.BpfCore)}. "
            + $"Differences: {untouched.Differences.Count + prepared.Differences.Count}.\n\n");
        text.Append("| object | as it is: libbpf | BpfCore | prepared: libbpf | BpfCore | why refused |\n");
        text.Append("|---|---|---|---|---|---|\n");
        for (int i = 0; i < untouched.Libbpf.Count; i++)
        {
            text.Append(
                $"| {untouched.Libbpf[i].Name} | {Cell(untouched.Libbpf[i])} | {Cell(untouched.BpfCore[i])} | "
                + $"{Cell(prepared.Libbpf[i])} | {Cell(prepared.BpfCore[i])} | "
                + $"{Reason(untouched.Libbpf[i], prepared.Libbpf[i])} |\n");
        }

        return text.ToString();
    }

    private static int Loaded(IReadOnlyList<LoadAnswer> answers) => answers.Count(static answer => answer.IsLoaded);

    private static string Cell(LoadAnswer answer) => answer.IsLoaded
        ? answer.Programs == 1 ? "1 program" : $"{answer.Programs} programs"
        : "refused";

    private static string Reason(LoadAnswer untouched, LoadAnswer prepared)
    {
        (string first, string second) = (Words(untouched), Words(prepared));
        return first == second ? first : second.Length == 0 ? $"as it is: {first}" : $"as it is: {first}; prepared: {second}";
    }

    private static string Words(LoadAnswer answer) =>
        answer.IsLoaded ? "" : answer.Verdict["refused".Length..].TrimStart(':', ' ');
}
