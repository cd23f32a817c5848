using BpfCore;
using BpfCore.Objects;
using BpfCore.Specs;

namespace ObjectLoad;

/// <summary>
/// Loads objects into the running kernel and says in lines of text what it took of them, or why it refused them: the
/// same lines that tests/oracle's <c>load</c> prints of what libbpf loads.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="messages">Where the messages of refusals go.</param>
public sealed class LoadRun(TextWriter output, TextWriter messages)
{
    /// <summary>Loads an object.</summary>
    /// <param name="path">Path of the object.</param>
    /// <param name="plan">How it is prepared.</param>
    public void Load(string path, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string name = NameOf(path);
        if (TryRead(name, path) is { } spec)
        {
            plan.Apply(name, spec);
            Load(name, spec);
        }
    }

    /// <summary>Loads each program of an object without the others.</summary>
    /// <param name="path">Path of the object.</param>
    public void LoadEachProgram(string path)
    {
        string name = NameOf(path);
        for (int chosen = 0; TryRead(name, path) is { } spec && chosen < spec.Programs.Count; chosen++)
        {
            ProgramSpec only = spec.Programs.ElementAt(chosen);
            foreach (ProgramSpec program in spec.Programs)
            {
                program.AutoLoad = program == only;
            }

            Load($"{name}:{only.Name}", spec);
        }
    }

    private static string NameOf(string path) =>
        Path.GetFileName(path).Replace(".bpf.o", string.Empty, StringComparison.Ordinal);

    private BpfObjectSpec? TryRead(string name, string path)
    {
        try
        {
            return BpfObjectSpec.ReadFile(path);
        }
        catch (BpfFormatException e)
        {
            output.WriteLine($"{name} refused: no object");
            messages.WriteLine($"{name}: {e.Message}");
            return null;
        }
    }

    private void Load(string name, BpfObjectSpec spec)
    {
        // What runs here leaves nothing behind.
        foreach (MapSpec map in spec.Maps)
        {
            map.Pinning = 0;
        }

        try
        {
            using BpfObject loaded = BpfObject.Load(spec);
            LoadedText.Write(output, name, spec, loaded);
        }
        catch (Exception e) when (e is BpfException or InvalidOperationException)
        {
            output.WriteLine($"{name} refused{Refusal.Describe(e)}");
            messages.WriteLine($"{name}: {e.Message}");
        }
    }
}
