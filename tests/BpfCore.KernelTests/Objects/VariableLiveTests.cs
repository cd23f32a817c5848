using BpfCore.Links;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

public sealed class VariableLiveTests : IDisposable
{
    private readonly BpfObject _object;

    public VariableLiveTests()
    {
        LiveKernel.RequireTracing();
        _object = LiveObject.Load();
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void Set_WhileAttached_IsSeenByTheProgram()
    {
        using BpfLink link = BpfLink.Attach(_object.Programs["on_raw"]);
        LiveObject.Trigger(2);
        _object.Variables["step"].Set(100u);
        LiveObject.Trigger(1);

        Assert.Equal(102UL, _object.Variables["raw_hits"].Get<ulong>());
    }

    [Fact]
    public void Set_OneVariable_LeavesItsNeighboursToThePrograms()
    {
        using BpfLink link = BpfLink.Attach(_object.Programs["on_raw"]);
        for (int i = 0; i < 1000; i++)
        {
            LiveObject.Trigger(1);
            _object.Variables["typed_hits"].Set(5UL);
        }

        Assert.Equal(1000UL, _object.Variables["raw_hits"].Get<ulong>());
        Assert.Equal(5UL, _object.Variables["typed_hits"].Get<ulong>());
    }

    [Fact]
    public void Get_InitialValues_AreThoseOfTheSpec()
    {
        Assert.Equal(1u, _object.Variables["step"].Get<uint>());
        Assert.Equal((uint)Environment.ProcessId, _object.Variables["target_pid"].Get<uint>());
    }

    [Fact]
    public void Set_Constant_SaysWhenItCouldBeSet()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => _object.Variables["target_pid"].Set(1u));

        Assert.Contains("before the load", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WrongSize_NamesBothSizes()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => _object.Variables["raw_hits"].Get<uint>());

        Assert.Contains("8", e.Message, StringComparison.Ordinal);
        Assert.Contains("4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_AfterDispose_Throws()
    {
        BpfVariable variable = _object.Variables["raw_hits"];
        _ = variable.Get<ulong>();
        _object.Dispose();

        Assert.Throws<ObjectDisposedException>(() => variable.Get<ulong>());
    }

    [Fact]
    public void Map_ElementCountedByTheProgram_IsSharedWithIt()
    {
        BpfMap<uint, ulong> counts = new(_object.Maps["counts"]);
        counts[(uint)Environment.ProcessId] = 0;
        using BpfLink link = BpfLink.Attach(_object.Programs["on_raw"]);

        LiveObject.Trigger(3);

        Assert.Equal(3UL, counts[(uint)Environment.ProcessId]);
    }

    [Fact]
    public void Ref_OfAMappedVariable_IsTheMemoryOfTheProgram()
    {
        using BpfLink link = BpfLink.Attach(_object.Programs["on_raw"]);
        Assert.True(_object.Variables["raw_hits"].IsMapped);
        ref ulong hits = ref _object.Variables["raw_hits"].Ref<ulong>();
        LiveObject.Trigger(2);
        Assert.Equal(2UL, hits);

        Interlocked.Add(ref hits, 40);
        LiveObject.Trigger(1);

        Assert.Equal(43UL, hits);
        Assert.Equal(43UL, _object.Variables["raw_hits"].Get<ulong>());
    }

    [Fact]
    public void Span_OfAConstant_SaysWhenItCouldBeSet()
    {
        BpfVariable constant = _object.Variables["target_pid"];

        Assert.False(constant.IsMapped);
        Assert.Contains(
            "before the load",
            Assert.Throws<InvalidOperationException>(() => constant.Span.Clear()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Set_SectionThatIsNotMappable_GoesThroughTheMap()
    {
        BpfObjectSpec spec = LiveObject.Read();
        spec.Maps[".bss"].Flags = 0; // as on kernels before 5.5
        spec.Maps[".data"].Flags = 0;
        using BpfObject unmapped = BpfObject.Load(spec);
        using BpfLink link = BpfLink.Attach(unmapped.Programs["on_raw"]);
        unmapped.Variables["step"].Set(10u);
        LiveObject.Trigger(3);

        Assert.False(unmapped.Variables["step"].IsMapped);
        Assert.Throws<InvalidOperationException>(() => unmapped.Variables["step"].Span.Clear());
        Assert.Equal((10u, 30UL), (
            unmapped.Variables["step"].Get<uint>(), unmapped.Variables["raw_hits"].Get<ulong>()));
    }
}
