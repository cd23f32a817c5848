using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Kernel;

public sealed partial class FeatureProbeLiveTests
{
    // bpftool's words for what differs from the kernel's names of the enumerations here.
    private static readonly Dictionary<string, string> s_otherNames = new(StringComparer.Ordinal)
    {
        ["schedcls"] = "schedclassifier",
        ["schedact"] = "schedaction",
        ["skmsg"] = "skmessage",
        ["cgroupsockopt"] = "cgroupsocketoption",
        ["ext"] = "extension",
        ["progarray"] = "programarray",
        ["ringbuf"] = "ringbuffer",
        ["userringbuf"] = "userringbuffer",
        ["cgroupstorage"] = "cgroupstoragedeprecated",
        ["percpucgroupstorage"] = "percpucgroupstoragedeprecated",
        ["reuseportsockarray"] = "reuseportsockarray",
        ["cgrpstorage"] = "cgroupstorage",
    };

    [Fact]
    public void Probes_OfTypesAndHelpers_AgreeWithBpftool()
    {
        LiveKernel.RequireTracing();
        string report = RunBpftool("feature probe kernel");
        List<string> differences = [];
        int programs = Compare<ProgramType>(report, "program_type", KernelFeatures.Current.Probe, differences);
        int maps = Compare<MapType>(report, "map_type", KernelFeatures.Current.Probe, differences);

        Assert.Empty(differences);
        Assert.True(programs >= 30, $"bpftool named {programs} program types");
        Assert.True(maps >= 30, $"bpftool named {maps} map types");
    }

    // bpftool takes a helper for available unless the verifier refuses it in words that it knows. Where it knows those
    // of the running kernel, types differ in their helpers; the bpftool of Debian 12 does not know those of Linux 6.18,
    // and lists all helpers for all types.
    [Fact]
    public void ProbeHelper_AllHelpersOfAllTypes_AgreesWithBpftool()
    {
        LiveKernel.RequireTracing();
        Dictionary<string, int> numbers = HelperNumbers();
        Dictionary<ProgramType, HashSet<int>> theirs = AvailableHelpers(numbers);
        bool tellsTypesApart = theirs.Values.Select(static set => set.Count).Where(static n => n > 0).Distinct().Count() > 1;
        HashSet<int> known = [.. theirs.Values.SelectMany(static set => set)]; // to bpftool, which may be older
        List<string> differences = [];
        foreach ((ProgramType type, HashSet<int> available) in theirs)
        {
            foreach ((string name, int helper) in numbers.Where(pair => known.Contains(pair.Value)))
            {
                bool ours = KernelFeatures.Current.ProbeHelper(type, helper) == KernelFeatureState.Supported;
                bool isListed = available.Contains(helper);
                if (tellsTypesApart ? ours != isListed : ours && !isListed)
                {
                    differences.Add($"{type} {name}: {ours}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.True(theirs.Count >= 30, $"bpftool named {theirs.Count} program types");
    }

    [Theory]
    [InlineData(ProgramType.SocketFilter, 1, true)] // bpf_map_lookup_elem
    [InlineData(ProgramType.Xdp, 44, true)] // bpf_xdp_adjust_head
    [InlineData(ProgramType.SocketFilter, 44, false)]
    [InlineData(ProgramType.Kprobe, 25, true)] // bpf_perf_event_output
    [InlineData(ProgramType.Xdp, 100_000, false)]
    public void ProbeHelper_OfTypesThatHaveItOrNot_TellsThemApart(ProgramType type, int helper, bool expected)
    {
        LiveKernel.RequireTracing();
        KernelFeatureState state = expected ? KernelFeatureState.Supported : KernelFeatureState.Unsupported;

        Assert.Equal(state, KernelFeatures.Current.ProbeHelper(type, helper));
        Assert.Equal(state, KernelFeatures.Current.ProbeHelper(type, helper)); // from the cache
    }

    [Fact]
    public void Probe_TypesThatNoKernelHas_AreUnsupported()
    {
        LiveKernel.RequireTracing();

        Assert.Equal(KernelFeatureState.Unsupported, KernelFeatures.Current.Probe((MapType)5000));
        Assert.Equal(KernelFeatureState.Unsupported, KernelFeatures.Current.Probe((ProgramType)5000));
    }

    private static int Compare<T>(
        string report, string kind, Func<T, KernelFeatureState> probe, List<string> differences)
        where T : struct, Enum
    {
        Dictionary<string, T> known = Enum.GetValues<T>().ToDictionary(static type => Plain(type.ToString()));
        int compared = 0;
        foreach (Match line in Line().Matches(report))
        {
            string name = Plain(line.Groups[2].Value);
            if (line.Groups[1].Value == kind
                && known.TryGetValue(s_otherNames.GetValueOrDefault(name, name), out T type))
            {
                compared++;
                bool theirs = !line.Groups[3].Success;

                // What bpftool may not try (EPERM) it calls not available; here that is Unknown.
                if (theirs != (probe(type) == KernelFeatureState.Supported))
                {
                    differences.Add($"{line.Value}: {probe(type)}");
                }
            }
        }

        return compared;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Dictionary<string, int> HelperNumbers()
    {
        Assert.True(KernelBtf.Vmlinux().TryFind("bpf_func_id", BtfKind.Enum, out BtfType helpers));
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (BtfEnumValue value in helpers.EnumValues)
        {
            numbers[value.Name.Replace("BPF_FUNC_", "bpf_", StringComparison.Ordinal)] = (int)value.Value;
        }

        numbers.Remove("bpf_unspec");
        numbers.Remove("__BPF_FUNC_MAX_ID");
        numbers.Remove("__bpf_MAX_ID");
        return numbers;
    }

    private static Dictionary<ProgramType, HashSet<int>> AvailableHelpers(Dictionary<string, int> numbers)
    {
        const string Suffix = "_available_helpers";
        Dictionary<string, ProgramType> types =
            Enum.GetValues<ProgramType>().ToDictionary(static type => Plain(type.ToString()));
        Dictionary<ProgramType, HashSet<int>> available = [];
        using JsonDocument report = JsonDocument.Parse(RunBpftool("-j feature probe kernel full"));
        foreach (JsonProperty list in report.RootElement.GetProperty("helpers").EnumerateObject())
        {
            string name = Plain(list.Name[..^Suffix.Length]);
            available[types[s_otherNames.GetValueOrDefault(name, name)]] =
                [.. list.Value.EnumerateArray().Select(helper => numbers[helper.GetString()!])];
        }

        return available;
    }

    private static string RunBpftool(string arguments)
    {
        ProcessStartInfo start = new("bpftool", arguments) { RedirectStandardOutput = true };
        try
        {
            using Process bpftool = Process.Start(start)!;
            string report = bpftool.StandardOutput.ReadToEnd();
            bpftool.WaitForExit();
            return report;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("bpftool is not installed: nothing to compare with");
            throw;
        }
    }

    [GeneratedRegex(@"^eBPF (program_type|map_type) (\S+) is (NOT )?available$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
