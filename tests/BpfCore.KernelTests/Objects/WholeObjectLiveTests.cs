using BpfCore.Btf;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>Objects in the kernel, and what their programs make of what the object says.</summary>
public sealed class WholeObjectLiveTests
{
    [Fact]
    public void Run_ProgramsInAnArray_CallEachOtherInItsOrder()
    {
        LiveKernel.RequireTracing();
        using BpfObject bpf = BpfObject.Load(ObjectFixture.Read("tail_calls"));

        // 10 at place 0, 1 at place 1, then place 2, which is empty.
        Assert.Equal(1u, ObjectFixture.Run(bpf, "start"));
        Assert.Equal(11u, bpf.Variables["sum"].Get<uint>());

        bpf.Variables["next"].Set(3u);
        Assert.Equal(2u, ObjectFixture.Run(bpf, "start"));
        Assert.Equal(21u, bpf.Variables["sum"].Get<uint>());
    }

    [Fact]
    public void Load_ArrayOfAProgramThatIsNotLoaded_IsRefusedWithAdvice()
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec spec = ObjectFixture.Read("tail_calls");
        spec.Programs["add_one"].AutoLoad = false;

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => BpfObject.Load(spec));

        Assert.Contains("map steps: its element 1 is program add_one", e.Message, StringComparison.Ordinal);
        spec.Maps["steps"].InitialPrograms.Remove(1);
        BpfObject.Load(spec).Dispose();
    }

    [Fact]
    public void Run_MapsInMaps_AreThoseThatTheObjectPutThere()
    {
        ObjectFixture.RequireSyscallPrograms();
        using BpfObject bpf = BpfObject.Load(ObjectFixture.Read("map_in_map"));
        new BpfMap<uint, ulong>(bpf.Maps["low"])[0] = 7;
        new BpfMap<uint, ulong>(bpf.Maps["high"])[0] = 40;

        ObjectFixture.Run(bpf, "add_up");

        Assert.Equal(7UL + 40 + (40 * 1000), bpf.Variables["sum"].Get<ulong>());
        Assert.Equal(0b0101u, bpf.Variables["absent"].Get<uint>());
    }

    [Fact]
    public void Run_VariablesOfAllSections_HaveTheirValues()
    {
        ObjectFixture.RequireSyscallPrograms();
        BpfObjectSpec spec = ObjectFixture.Read("data_sections");
        spec.Variables["own_constant"].Set(200u);
        spec.Variables["own_zero"].Set(1000u);
        using BpfObject bpf = BpfObject.Load(spec);
        bpf.Variables["own_data"].Set(400u);

        Assert.Equal((uint)'l', ObjectFixture.Run(bpf, "add_up"));

        Assert.Equal(1008u, bpf.Variables["own_zero"].Get<uint>());
        Assert.Equal(1UL + 200 + 3 + 400 + 5 + 0 + 1008 + 6 + 7, bpf.Variables["sum"].Get<ulong>());
    }

    [Fact]
    public void Run_FunctionsOfEveryLinkage_AreCalledInOrder()
    {
        ObjectFixture.RequireSyscallPrograms();
        using BpfObject bpf = BpfObject.Load(ObjectFixture.Read("functions"));

        Assert.Equal(5u + 10 + 105, ObjectFixture.Run(bpf, "first"));
        Assert.Equal(4213UL, bpf.Variables["trace"].Get<ulong>());
        Assert.Equal(105u, ObjectFixture.Run(bpf, "second"));
        Assert.Equal(7u, ObjectFixture.Run(bpf, "alone"));
        Assert.False(bpf.Programs.TryGet("third", out _));
        bpf.LoadProgram("third");
        Assert.Equal(6u, ObjectFixture.Run(bpf, "third"));
    }

    [Fact]
    public void Run_BitfieldsSetThroughCoRe_LeaveTheirNeighboursAlone()
    {
        ObjectFixture.RequireSyscallPrograms();
        string types = Path.Combine(AppContext.BaseDirectory, "btf", "obj_bitfields-same.btf");
        BpfLoadOptions options = new() { KernelTypes = BtfFile.Read(File.ReadAllBytes(types), types) };
        using BpfObject bpf = BpfObject.Load(ObjectFixture.Read("bitfield_sets"), options);

        Assert.Equal(1u, ObjectFixture.Run(bpf, "set_state"));
        Assert.Equal(1u | (17u << 3), bpf.Variables["flags"].Get<ulong>());
        Assert.Equal(1u, ObjectFixture.Run(bpf, "set_level"));
        Assert.Equal(8u, ObjectFixture.Run(bpf, "set_wide"));

        const ulong Level = unchecked((ulong)-3) & 0x7F;
        Assert.Equal(
            1UL | (17UL << 3) | (Level << 8) | (0x123456789UL << 15) | (2UL << 48),
            bpf.Variables["flags"].Get<ulong>());
    }

    [Fact]
    public void Run_Rings_HaveRoomForWholePages()
    {
        ObjectFixture.RequireSyscallPrograms();
        BpfObjectSpec spec = ObjectFixture.Read("buffers");
        using BpfObject bpf = BpfObject.Load(spec);

        uint page = (uint)Environment.SystemPageSize;
        Assert.Equal(Math.Max(8192, page), bpf.Maps["odd_ring"].MaxEntries);
        Assert.Equal(page, bpf.Maps["smallest_ring"].MaxEntries);
        Assert.Equal(Math.Max(16384, page), bpf.Maps["from_user"].MaxEntries);
        Assert.Equal(0u, ObjectFixture.Run(bpf, "write"));
    }

    [Fact]
    public void Run_MapsOfAllOptions_Work()
    {
        ObjectFixture.RequireArenas();
        BpfObjectSpec spec = ObjectFixture.Read("map_options");
        spec.Maps["obj_fixture_pinned"].Pinning = 0;
        using BpfObject bpf = BpfObject.Load(spec);

        ObjectFixture.Run(bpf, "use");

        Assert.Equal(42UL, bpf.Variables["result"].Get<ulong>());
        Assert.Equal(40UL, new BpfMap<uint, ulong>(bpf.Maps["on_node"])[3]);
        Assert.Equal(1UL << 44, bpf.Maps["far_arena"].Arena!.Address);
    }

    [Fact]
    public void Load_NumaNodeThatDoesNotExist_IsRefused()
    {
        ObjectFixture.RequireArenas();
        BpfObjectSpec spec = ObjectFixture.Read("map_options");
        spec.Maps["obj_fixture_pinned"].Pinning = 0;
        spec.Maps["on_node"].NumaNode = 4000;

        SyscallException e = Assert.Throws<SyscallException>(() => BpfObject.Load(spec));

        Assert.Equal("map on_node", e.Subject);
    }
}
