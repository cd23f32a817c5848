using BpfCore.KernelTests.Links;
using BpfCore.KernelTests.Objects;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Programs;

/// <summary>Runs <c>live/jump_tables.bpf.c</c>, whose functions return something else for each way they jump.</summary>
public sealed class JumpTableLiveTests
{
    public JumpTableLiveTests() => ObjectFixture.RequireSyscallPrograms();

    [Theory]
    [InlineData("outer", 0, 0, 100)]
    [InlineData("outer", 0, 2, 200)]
    [InlineData("outer", 0, 1, 400)]
    [InlineData("outer", 1, 1, 300)]
    [InlineData("outer", 2, 1, 400)]
    [InlineData("outer", 3, 1, 4)]
    [InlineData("outer", 0, 3, 1)]
    [InlineData("short_caller", 0, 0, 30)]
    [InlineData("short_caller", 1, 0, 10)]
    [InlineData("short_caller", 2, 0, 20)]
    [InlineData("short_caller", 3, 0, 9)]
    [InlineData("long_caller", 0, 0, 1031)]
    [InlineData("long_caller", 2, 0, 1021)]
    public void TestRun_IndirectJump_GoesWhereTheTableSays(string program, ulong first, ulong second, uint expected)
    {
        BpfObjectSpec spec = LiveObject.ReadFile("jump_tables.bpf.o");
        if (!LiveFeature.HasStruct("bpf_insn_array"))
        {
            LiveFeature.AssertRefused(() => BpfObject.Load(spec), "jump table", "6.19", "-fno-jump-tables");
            return;
        }

        using BpfObject bpf = BpfObject.Load(spec);
        byte[] context = [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(second)];
        TestRunResult result = bpf.Programs[program].TestRun(new TestRunOptions { Context = context });

        Assert.Equal(expected, result.ReturnValue);
    }
}
