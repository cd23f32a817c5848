using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Btf;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Architecture;

public class AbiLayoutTests
{
    private static readonly BtfFile s_kernel =
        BtfFile.Read(Fixtures.Read("abi/kernel-abi.btf"), "kernel-abi.btf");

    public static TheoryData<string> Mirrors() => [.. AbiLayout.Mirrors().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void Mirror_ComparedWithKernelBtf_HasSameOffsetsAndSizes(string name)
    {
        Type mirror = AbiLayout.Mirrors().Single(type => type.Name == name);

        Assert.Empty(AbiLayout.Differences(mirror, s_kernel));
    }

    [Fact]
    public void Mirrors_OfAbiFolder_AreAllFound()
    {
        // Guards the theory above against an empty list.
        Assert.Contains(typeof(bpf_attr_prog_load), AbiLayout.Mirrors());
        Assert.True(AbiLayout.Mirrors().Count() >= 15);
    }

    [Fact]
    public void Differences_MirrorWithFieldsSwapped_NameThem()
    {
        List<string> differences = AbiLayout.Differences(typeof(Wrong.perf_event_header), s_kernel);

        Assert.Equal(2, differences.Count);
        Assert.Contains("perf_event_header.misc", differences[0], StringComparison.Ordinal);
        Assert.Contains("perf_event_header.size", differences[1], StringComparison.Ordinal);
        Assert.Equal(2, AbiLayout.Conflicts(typeof(Wrong.perf_event_header), s_kernel).Count);
    }

    [Fact]
    public void Conflicts_FieldThatTheKernelLacks_AreNone()
    {
        Assert.Empty(AbiLayout.Conflicts(typeof(Newer.perf_event_header), s_kernel));
    }

    [Fact]
    public void ObjectName_ComparedWithKernelBtf_IsSixteenBytes()
    {
        Assert.Equal(16, Unsafe.SizeOf<bpf_obj_name>());
    }

    private static class Wrong
    {
        [StructLayout(LayoutKind.Explicit, Size = 8)]
        internal struct perf_event_header
        {
            [FieldOffset(0)]
            public uint type;
            [FieldOffset(6)]
            public ushort misc;
            [FieldOffset(4)]
            public ushort size;
        }
    }

    private static class Newer
    {
        [StructLayout(LayoutKind.Explicit, Size = 16)]
        internal struct perf_event_header
        {
            [FieldOffset(0)]
            public uint type;
            [FieldOffset(8)]
            public ulong added;
        }
    }
}
