using BpfCore.Maps;
using BpfCore.Objects;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>Functions of every linkage, callbacks and what the static linker joined: loaded and run.</summary>
public sealed class FunctionLiveTests
{
    [Fact]
    public void Load_FunctionsOfEveryLinkage_GiveWhatTheSourceSays()
    {
        using BpfObject loaded = ExternObject.Load("ext-functions");
        loaded.LoadProgram("third");

        Assert.Equal(15 + 19, ExternObject.Run(loaded, "first"));
        Assert.Equal(9 + 9, ExternObject.Run(loaded, "second"));
        Assert.Equal(15 + 6, ExternObject.Run(loaded, "third"));
        Assert.Equal(30, ExternObject.Run(loaded, "weak_program_is_a_function_too"));
    }

    [Fact]
    public void Load_ConstantsThatAProgramDoesNotUse_AreKeptWithIt()
    {
        using BpfObject loaded = ExternObject.Load("ext-functions");

        Assert.Contains(loaded.Maps[".rodata"].GetInfo().Id, loaded.Programs["alone"].GetInfo().MapIds);
    }

    [Fact]
    public void Load_Callbacks_AreCalledByTheHelpers()
    {
        ExternObject.RequireFunction("bpf_loop");
        using BpfObject loaded = ExternObject.Load("ext-callbacks");

        Assert.Equal(20 + 10, ExternObject.Run(loaded, "statics"));
        Assert.Equal(6 + 2, ExternObject.Run(loaded, "nesting"));
        Assert.Equal(3UL, new BpfMap<uint, ulong>(loaded.Maps["numbers"])[2]);
    }

    [Fact]
    public void Load_ObjectOfTheStaticLinker_UsesTheStrongFunction()
    {
        ExternObject.RequireFunction("bpf_iter_num_new");
        using BpfObject loaded = ExternObject.Load("ext-linked");

        Assert.Equal(7 + 8 + 1, ExternObject.Run(loaded, "from_weak"));
        Assert.Equal(8 + 1, ExternObject.Run(loaded, "from_strong"));
    }

    [Fact]
    public void Load_ProgramThatThrows_ReturnsWhatItsCallbackReturns()
    {
        ExternObject.RequireFunction("bpf_throw");
        using BpfObject loaded = ExternObject.Load("ext-exceptions");
        byte[] packet = new byte[64];

        Assert.Equal(42u, loaded.Programs["throws"].TestRun(packet).ReturnValue);
        Assert.Equal(4u, loaded.Programs["throws_without_callback"].TestRun(packet).ReturnValue);
        Assert.Equal(5u, loaded.Programs["calls_its_callback"].TestRun(packet).ReturnValue);
    }
}
