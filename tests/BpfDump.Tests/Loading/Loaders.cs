using BpfDump.Tests.Relocation;
using ObjectLoad;

namespace BpfDump.Tests.Loading;

/// <summary>Loads objects into the running kernel, by libbpf (tests/oracle) and by BpfCore.</summary>
internal static class Loaders
{
    private static readonly string s_libbpf = Path.Combine(Checkout.PathOf("tests/oracle"), "build", "load");

    /// <summary>Asks the running kernel how the tools prepare their objects.</summary>
    /// <param name="plan">Where the plan goes.</param>
    public static void Prepare(string plan)
    {
        Oracle.Build();
        File.WriteAllText(plan, ExternalTool.Run(s_libbpf, "--prepare", Checkout.PathOf("tests/corpus/preparations.txt")));
    }

    /// <summary>What libbpf says of the objects.</summary>
    /// <param name="plan">Path of a plan, <c>-</c> for none, <c>--each</c> for each program by itself.</param>
    /// <param name="objects">Their paths.</param>
    public static IReadOnlyList<LoadAnswer> AskLibbpf(string plan, IReadOnlyList<string> objects)
    {
        Oracle.Build();
        return LoadAnswer.Read(ExternalTool.Run(s_libbpf, [plan, .. objects]));
    }

    /// <summary>What BpfCore says of the objects.</summary>
    /// <param name="plan">Path of a plan, <c>-</c> for none, <c>--each</c> for each program by itself.</param>
    /// <param name="objects">Their paths.</param>
    public static IReadOnlyList<LoadAnswer> AskBpfCore(string plan, IReadOnlyList<string> objects)
    {
        StringWriter output = new();
        LoadRun run = new(output, TextWriter.Null);
        Plan preparations = plan.StartsWith('-') ? Plan.Empty : Plan.Read(plan);
        foreach (string path in objects)
        {
            if (plan == "--each")
            {
                run.LoadEachProgram(path);
            }
            else
            {
                run.Load(path, preparations);
            }
        }

        return LoadAnswer.Read(output.ToString());
    }
}
