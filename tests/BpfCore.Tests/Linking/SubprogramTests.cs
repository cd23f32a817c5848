using BpfCore.Instructions;
using BpfCore.Linking;
using Xunit;
using static BpfCore.Tests.Linking.ProgramBuilder;

namespace BpfCore.Tests.Linking;

public sealed class SubprogramTests
{
    private readonly ProgramBuilder _builder = new();

    [Fact]
    public void Link_NoCalls_LeavesTheInstructionsAlone()
    {
        LinkedProgram linked = _builder.Program(Mark(1), Exit).Link();

        Assert.Equal([Mark(1), Exit], Words(linked));
        Assert.Empty(linked.References);
    }

    // clang marks a call of a global function by its symbol and an immediate of -1.
    [Fact]
    public void Link_CallOfGlobalFunction_AppendsIt()
    {
        _builder.AddSubprogram("unused", Mark(8), Exit);
        _builder.AddSubprogram("used", Mark(9), Exit);

        LinkedProgram linked = _builder.Program(Call(), Exit).Relocate(0, "used").Link();

        Assert.Equal([Call(1), Exit, Mark(9), Exit], Words(linked));
    }

    // Of a static one by the section's symbol and its place, one instruction short.
    [Fact]
    public void Link_CallOfStaticFunction_TakesItsPlaceFromTheImmediate()
    {
        _builder.AddSubprogram("first", Mark(8), Exit);
        int place = _builder.AddSubprogram("second", Mark(9), Exit);

        LinkedProgram linked = _builder.Program(Call(place - 1), Exit).Relocate(0, ".text").Link();

        Assert.Equal([Call(1), Exit, Mark(9), Exit], Words(linked));
    }

    // Calls inside .text need no relocation: they are relative already.
    [Fact]
    public void Link_CallsBetweenSubprograms_AreFollowedDepthFirst()
    {
        _builder.AddSubprogram("outer", Call(4), Call(1), Exit); // calls leaf, then middle
        _builder.AddSubprogram("middle", Mark(2), Exit);
        _builder.AddSubprogram("leaf", Mark(3), Exit);

        LinkedProgram linked = _builder.Program(Call(), Mark(1), Exit).Relocate(0, "outer").Link();

        // program 0-2, outer 3-5, then what outer calls in the order of its calls.
        Assert.Equal(
            [Call(2), Mark(1), Exit, Call(2), Call(3), Exit, Mark(3), Exit, Mark(2), Exit],
            Words(linked));
    }

    [Fact]
    public void Link_TwoCallsOfOneFunction_AppendItOnce()
    {
        _builder.AddSubprogram("leaf", Mark(3), Exit);

        LinkedProgram linked = _builder.Program(Call(), Call(), Exit).Relocate(0, "leaf").Relocate(1, "leaf").Link();

        Assert.Equal([Call(2), Call(1), Exit, Mark(3), Exit], Words(linked));
    }

    [Fact]
    public void Link_Recursion_Ends()
    {
        _builder.AddSubprogram("self", Call(-1), Exit);

        LinkedProgram linked = _builder.Program(Call(), Exit).Relocate(0, "self").Link();

        Assert.Equal([Call(1), Exit, Call(-1), Exit], Words(linked));
    }

    [Fact]
    public void Link_AddressOfFunction_BecomesRelativeAndMarked()
    {
        _builder.AddSubprogram("unused", Mark(8), Exit);
        int place = _builder.AddSubprogram("callback", Mark(9), Exit);

        LinkedProgram linked = _builder.Program(Load(place * 8), 0, Exit).Relocate(0, ".text").Link();

        Assert.Equal([Load(2, PseudoSource.Function), 0, Exit, Mark(9), Exit], Words(linked));
    }

    [Theory]
    [InlineData(5, "calls instruction 6 of .text, where no function is")]
    [InlineData(int.MaxValue, "calls instruction 2147483648 of .text")]
    [InlineData(-9, "calls instruction -8 of .text")]
    public void Link_CallOfNothing_IsRefused(int immediate, string problem)
    {
        _builder.AddSubprogram("leaf", Mark(3), Exit);

        BpfRelocationException error = Assert.Throws<BpfRelocationException>(
            () => _builder.Program(Mark(1), Call(immediate), Exit).Relocate(1, ".text").Link());

        Assert.Equal(("program", 1), (error.Program, error.InstructionIndex));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_AddressWithoutRelocation_IsRefused() =>
        Assert.Contains(
            "takes the address of a function without a relocation",
            Assert.Throws<BpfRelocationException>(
                () => _builder.Program(Load(0, PseudoSource.Function), 0, Exit).Link()).Message,
            StringComparison.Ordinal);

    private static ulong[] Words(LinkedProgram linked) =>
        [.. linked.Instructions.Select(instruction => instruction.ToUInt64())];
}
