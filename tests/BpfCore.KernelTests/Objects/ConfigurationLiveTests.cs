using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Kernel;
using BpfCore.Objects;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>What programs see of the running kernel's configuration.</summary>
public sealed class ConfigurationLiveTests : IDisposable
{
    private readonly BpfObject _object;
    private readonly Dictionary<string, string> _options;

    public ConfigurationLiveTests()
    {
        _options = ReadOptions();
        _object = ExternObject.Load("ext-kconfig");
        Assert.Equal(Number("CONFIG_HZ"), (ulong)ExternObject.Run(_object, "read_values"));
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void Load_Numbers_AreThoseOfTheConfiguration()
    {
        Assert.Equal(Number("CONFIG_PGTABLE_LEVELS"), Value<ulong>(0));
        Assert.Equal(Number("CONFIG_LOG_BUF_SHIFT"), Value<ulong>(8));
        Assert.Equal(Number("CONFIG_NR_CPUS"), Value<uint>(24));
        Assert.Equal(Number("CONFIG_HZ"), Value<ushort>(40));
    }

    [Fact]
    public void Load_FlagsAndLetters_AreThoseOfTheConfiguration()
    {
        Assert.Equal(1u, Value<uint>(32)); // CONFIG_BPF=y as enum libbpf_tristate
        Assert.Equal(1, Value<byte>(42)); // CONFIG_BPF_SYSCALL=y as bool
        Assert.Equal((byte)'y', Value<byte>(43)); // CONFIG_64BIT=y as char
        Assert.Equal(_options.ContainsKey("CONFIG_HZ_PERIODIC") ? (byte)'y' : 0, Value<byte>(44));
    }

    [Fact]
    public void Load_Texts_AreCutAndEndWithZero()
    {
        Assert.Equal(Expected("CONFIG_DEFAULT_HOSTNAME", 7), Bytes(48, 7));
        Assert.Equal(Expected("CONFIG_CC_VERSION_TEXT", 16), Bytes(55, 16));
    }

    [Fact]
    public void Load_WeakValuesThatAreNotSet_AreZero()
    {
        Assert.Equal(0UL, Value<ulong>(16));
        Assert.Equal(0u, Value<uint>(36));
        Assert.Equal(0, Value<byte>(45));
        Assert.Equal([0, 0, 0], Bytes(71, 3));
    }

    [Fact]
    public void Load_WhatTheLoaderKnows_IsFilledIn()
    {
        Assert.Equal(KernelVersion.Current.Code, Value<uint>(28));
        Assert.Equal(KernelFeatures.Current.Probe(KernelFeature.AttachCookies) == KernelFeatureState.Supported ? 1 : 0,
            Value<byte>(46));
        bool hasWrappers = File.ReadLines("/proc/kallsyms").Any(
            line => line.EndsWith("_sys_bpf", StringComparison.Ordinal)
                && (line.Contains(" __x64_", StringComparison.Ordinal)
                    || line.Contains(" __arm64_", StringComparison.Ordinal)));
        Assert.Equal(hasWrappers ? 1 : 0, Value<byte>(47));
    }

    [Fact]
    public void Load_ValuesInTheMap_CanBeReadFromOutsideAsVariables()
    {
        Assert.Equal((int)KernelVersion.Current.Code, _object.Variables["LINUX_KERNEL_VERSION"].Get<int>());
        Assert.Equal((ushort)Number("CONFIG_HZ"), _object.Variables["CONFIG_HZ"].Get<ushort>());
    }

    [Fact]
    public void Load_OptionsOfTheUser_ComeBeforeThoseOfTheKernel()
    {
        BpfLoadOptions options = new() { Configuration = KernelConfig.Parse("CONFIG_HZ=17\n", "mine") };
        using BpfObject bpf = BpfObject.Load(ExternObject.Read("ext-kconfig"), options);

        Assert.Equal(17, ExternObject.Run(bpf, "read_values"));
        Assert.Equal(Number("CONFIG_NR_CPUS"), bpf.Variables["CONFIG_NR_CPUS"].Get<uint>());
    }

    // The file by means other than the library's own.
    private static Dictionary<string, string> ReadOptions()
    {
        string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        string path = File.Exists($"/boot/config-{release}") ? $"/boot/config-{release}" : "/proc/config.gz";
        if (!File.Exists(path))
        {
            LiveKernel.SkipOrFail("the kernel's configuration is nowhere to be read");
        }

        string text = path.EndsWith(".gz", StringComparison.Ordinal) ? Unpacked(path) : File.ReadAllText(path);
        return text.Split('\n').Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static string Unpacked(string path)
    {
        using Process cat = Process.Start(new ProcessStartInfo("zcat", [path]) { RedirectStandardOutput = true })!;
        string text = cat.StandardOutput.ReadToEnd();
        cat.WaitForExit();
        return text;
    }

    private ulong Number(string option) => ulong.Parse(_options[option], CultureInfo.InvariantCulture);

    private byte[] Expected(string option, int size)
    {
        byte[] bytes = new byte[size];
        byte[] text = Encoding.UTF8.GetBytes(_options[option].Trim('"'));
        text.AsSpan(0, Math.Min(text.Length, size - 1)).CopyTo(bytes);
        return bytes;
    }

    private T Value<T>(int offset)
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes(offset, Unsafe.SizeOf<T>()));

    private byte[] Bytes(int offset, int count)
    {
        Values values = _object.Variables["values"].Get<Values>();
        return ((ReadOnlySpan<byte>)values).Slice(offset, count).ToArray();
    }

    // struct values of the object
    [InlineArray(80)]
    private struct Values
    {
        private byte _first;
    }
}
