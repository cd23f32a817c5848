using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>A set of capabilities (<c>capabilities(7)</c>).</summary>
/// <param name="Bits">Bit n stands for the capability with the number n.</param>
public readonly record struct CapabilitySet(ulong Bits)
{
    private const string Line = "CapEff:";

    /// <summary>What this process may do now (<c>CapEff</c> of <c>/proc/self/status</c>).</summary>
    /// <exception cref="KernelFeatureException">The line cannot be read.</exception>
    public static CapabilitySet Effective() => Parse(KernelFiles.Host.Read("proc/self/status"));

    /// <summary>Whether the set holds the capability itself.</summary>
    /// <param name="capability">The capability.</param>
    public bool Contains(Capability capability) => (Bits >> (int)capability & 1) != 0;

    /// <summary>
    /// Whether the kernel would grant what the capability allows: <c>CAP_SYS_ADMIN</c> covers <c>CAP_BPF</c> and
    /// <c>CAP_PERFMON</c> (<c>bpf_capable()</c>, <c>perfmon_capable()</c>).
    /// </summary>
    /// <param name="capability">The capability.</param>
    public bool Grants(Capability capability) =>
        Contains(capability)
        || (capability is Capability.Bpf or Capability.PerfMon && Contains(Capability.SysAdmin));

    /// <summary>The capabilities of the list that are not granted.</summary>
    /// <param name="needed">Capabilities needed.</param>
    public IReadOnlyList<Capability> Missing(params ReadOnlySpan<Capability> needed)
    {
        List<Capability> missing = [];
        foreach (Capability capability in needed)
        {
            if (!Grants(capability))
            {
                missing.Add(capability);
            }
        }

        return missing;
    }

    /// <summary>Whether all of the list are granted.</summary>
    internal bool GrantsAll(ReadOnlySpan<Capability> needed)
    {
        foreach (Capability capability in needed)
        {
            if (!Grants(capability))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The set as the kernel prints it.</summary>
    public override string ToString() => Bits.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Finds the line <c>CapEff:</c> in the text of <c>/proc/self/status</c>.</summary>
    internal static CapabilitySet Parse(string status)
    {
        // Not line by line: the search for any kind of line end is compiled at every start under the JIT.
        int start = status.StartsWith(Line, StringComparison.Ordinal)
            ? 0
            : status.IndexOf($"\n{Line}", StringComparison.Ordinal) + 1;
        ReadOnlySpan<char> rest = status.AsSpan(start);
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
        if (line.StartsWith(Line, StringComparison.Ordinal)
            && ulong.TryParse(
                line[Line.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits))
        {
            return new CapabilitySet(bits);
        }

        throw new KernelFeatureException("/proc/self/status", "it has no line CapEff with a hexadecimal number");
    }
}
