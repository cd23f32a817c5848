using BenchmarkDotNet.Attributes;
using BpfCore.Btf;

namespace MicroBench;

/// <summary>The running kernel's types.</summary>
public class BtfBenchmarks
{
    private const string Path = "/sys/kernel/btf/vmlinux";

    private readonly byte[] _bytes = File.ReadAllBytes(Path);
    private readonly BtfFile _types = BtfFile.Read(File.ReadAllBytes(Path), Path);

    /// <summary>The one pass over all types, after which they can be found.</summary>
    [Benchmark]
    public object Index() => BtfFile.Read(_bytes, Path);

    /// <summary>Finds a type by its name.</summary>
    [Benchmark]
    public bool Find() => _types.TryFind("tcp_sock"u8, BtfKind.Struct, out _);
}
