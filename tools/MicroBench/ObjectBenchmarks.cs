using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Objects;
using BpfCore.Specs;
using TcpConnLat;

namespace MicroBench;

/// <summary>The object of tcpconnlat.</summary>
public class ObjectBenchmarks
{
    private readonly BtfFile _types = KernelBtf.Vmlinux();
    private readonly Architecture _architecture = RuntimeInformation.ProcessArchitecture;
    private readonly BpfObjectSpec _spec = ConnectBpf.Open().Object;

    /// <summary>Reads the ELF file, its BTF, programs and maps.</summary>
    [Benchmark]
    public object Read() => ConnectBpf.Open(_architecture);

    /// <summary>Relocates all its programs against the running kernel's types.</summary>
    [Benchmark]
    public object Relocate() => RelocatedObject.Relocate(_spec, _types, RunningKernel.Facts);
}
