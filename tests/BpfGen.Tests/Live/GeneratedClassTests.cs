using System.Runtime.InteropServices;
using BpfCore.Buffers;
using BpfCore.Programs;
using BpfGen.Tests.Fixtures;
using Xunit;

namespace BpfGen.Tests.Live;

/// <summary>Generated classes against the running kernel.</summary>
public sealed class GeneratedClassTests
{
    [Fact]
    public void Load_ConstantsVariablesAndMaps_AreSharedWithTheProgram()
    {
        LiveKernel.Require();
        ShapesBpf.Spec spec = ShapesBpf.Open();
        spec.Constants.Minimum = 1000;
        spec.Constants.Ports[1] = 7;
        spec.Constants.Enabled = false;
        "udp"u8.CopyTo(spec.Constants.Prefix);
        spec.Variables.Hits = 5;
        using ShapesBpf bpf = spec.Load();
        ShapesBpf.Point key = new() { X = -5, Y = 6 };

        Assert.Equal(1u, Run(bpf.Programs.Run)); // no such entry
        bpf.Maps.Points[key] = new ShapesBpf.Packed { Tag = 9, Number = 41, Bits = 0x1abcd };
        Assert.Equal(0u, Run(bpf.Programs.Run));

        ShapesBpf.Packed packed = bpf.Maps.Points[key];
        Assert.Equal((9, 42ul, 0xbeef, 0x1abcdu), (packed.Tag, packed.Number, packed.Tail, packed.Bits));
        Assert.Equal(5ul + (2 * 1007), bpf.Variables.Hits);
        Assert.Equal(0xabeu, bpf.Variables.Bits.High);
        Assert.Equal(-5, bpf.Variables.Last.Corners[1].X);
        Assert.Equal("u", bpf.Variables.Last.Name.ToString());
    }

    [Fact]
    public void Load_MapsOfEveryKind_AreTyped()
    {
        LiveKernel.Require();
        ShapesBpf.Spec spec = ShapesBpf.Open();
        Assert.Equal(16u, spec.Maps.Points.MaxEntries);
        using ShapesBpf bpf = spec.Load();

        ShapesBpf.UlongArray4 row = default;
        row[2] = 77;
        bpf.Maps.Rows[3] = row;
        Assert.Equal(77ul, bpf.Maps.Rows[3][2]);
        bpf.Maps.Prefixes[new ShapesBpf.PrefixT { PrefixLength = 8 }] = new ShapesBpf.Choice { Whole = 3 };
        Assert.Single(bpf.Maps.Prefixes.ToArray());
        Assert.True(bpf.Maps.Queue.TryPush(new ShapesBpf.Point { X = 4 }));
        Assert.True(bpf.Maps.Queue.TryPop(out ShapesBpf.Point point));
        Assert.Equal(4, point.X);
        bpf.Maps.Bloom.Add(8);
        Assert.True(bpf.Maps.Bloom.MayContain(8));
        Assert.True(bpf.Maps.BySize.TryAdd(default, 6));
        Assert.Equal(bpf.Maps.Percpu.CpuCount, ReadPerCpu(bpf).Length);
        Assert.False(bpf.Maps.Outer.TryGetId(0, out _));
    }

    [Fact]
    public void Variables_OfArrays_AreSpansOfTheSharedMemory()
    {
        LiveKernel.Require();
        using ShapesBpf bpf = ShapesBpf.Open().Load();

        bpf.Variables.Matrix[1][2] = 60;
        bpf.Variables.Large[^1] = 1;

        Assert.Equal(3u, bpf.Variables.Matrix[0][2]);
        Assert.Equal(60u, bpf.Variables.Matrix[1][2]);
        Assert.Equal(2 << 20, bpf.Variables.Large.Length);
    }

    [Fact]
    public async Task ReadAllAsync_GeneratedStruct_IsDecoded()
    {
        LiveKernel.Require();
        using Sent bpf = Sent.Open().Load();
        using RingBuffer ring = RingBuffer.Open(bpf.Maps.Ring);
        Assert.Equal(0u, Run(bpf.Programs.Send, 11));
        Assert.Equal(0u, Run(bpf.Programs.Send, 12));

        List<string> received = [];
        await foreach (ReceivedRecord<Sent.Sent2> record in
            ring.ReadAllAsync(Sent.Sent2.Decode, TestContext.Current.CancellationToken))
        {
            received.Add($"{record.Value.Number} {record.Value.Length} {record.Value.Text}");
            if (received.Count == 2)
            {
                break;
            }
        }

        Assert.Equal(["11 3 abc", "12 3 abc"], received);
    }

    [Fact]
    public void Read_RecordThatIsTooShort_IsRefusedWithBothSizes()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Sent.Sent2.Read(new byte[15]));

        Assert.Equal("a record has 15 bytes, but Sent2 has 16", error.Message);
    }

    [Fact]
    public void Dispose_Variables_AreNoLongerReached()
    {
        LiveKernel.Require();
        ShapesBpf bpf = ShapesBpf.Open().Load();
        bpf.Variables.Hits = 1;

        bpf.Dispose();

        Assert.Throws<ObjectDisposedException>(() => bpf.Variables.Hits);
    }

    private static uint Run(BpfProgram program, ulong argument = 0) =>
        program.TestRun(context: MemoryMarshal.AsBytes<ulong>([argument, 0]).ToArray()).ReturnValue;

    private static ShapesBpf.PercpuValue[] ReadPerCpu(ShapesBpf bpf)
    {
        ShapesBpf.PercpuValue[] values = new ShapesBpf.PercpuValue[bpf.Maps.Percpu.CpuCount];
        Assert.True(bpf.Maps.Percpu.TryGetValues(0, values));
        return values;
    }
}
