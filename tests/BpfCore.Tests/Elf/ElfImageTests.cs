using BpfCore.Elf;
using Xunit;

namespace BpfCore.Tests.Elf;

public sealed class ElfImageTests : IDisposable
{
    private readonly string _copy = Path.GetTempFileName();
    private readonly byte[] _library = Fixtures.Read("live/libusdt.x86_64.so");

    public static TheoryData<string> Machines() => ["x86_64", "aarch64"];

    public void Dispose() => File.Delete(_copy);

    [Theory]
    [MemberData(nameof(Machines))]
    public void Read_NotesOfALibrary_TellsProbesInFileOrder(string machine)
    {
        using ElfImage image = Open(Fixtures.Read($"live/libusdt.{machine}.so"));
        List<UsdtNote> notes = UsdtNotes.Read(image);

        Assert.Equal(["guarded", "twice", "twice"], notes.Select(static note => note.Name));
        Assert.All(notes, static note => Assert.Equal("bpfcore", note.Provider));
        Assert.NotEqual(0UL, notes[0].SemaphoreAddress);
        Assert.Equal(0UL, notes[1].SemaphoreAddress);
        Assert.True(image.FindSegment(notes[0].Address)!.IsExecutable);
        Assert.False(image.FindSegment(notes[0].SemaphoreAddress)!.IsExecutable);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void FindOffset_VersionedFunctions_TellsThemApart(string machine)
    {
        using ElfImage image = Open(Fixtures.Read($"live/libusdt.{machine}.so"));
        ElfFunctionFinder finder = new(image);

        Assert.Equal(finder.FindOffset("versioned_old"), finder.FindOffset("versioned@V_1"));
        Assert.Equal(finder.FindOffset("versioned_new"), finder.FindOffset("versioned@@V_2"));
        Assert.Contains(
            "several functions versioned",
            Assert.Throws<InvalidOperationException>(() => finder.FindOffset("versioned")).Message);
        Assert.Throws<InvalidOperationException>(() => finder.FindOffset("versioned@V_3"));
    }

    [Fact]
    public void FindOffset_FunctionOfALibrary_CountsFromTheFileNotFromItsAddress()
    {
        using ElfImage image = Open(_library);

        // readelf: twice at 0x14f0, in the segment that maps 0x14d0 from 0x4d0 of the file.
        Assert.Equal(0x4F0UL, new ElfFunctionFinder(image).FindOffset("twice"));
    }

    [Fact]
    public void FindOffsets_Pattern_GivesEachPlaceOnce()
    {
        using ElfImage image = Open(_library);
        ulong[] offsets = new ElfFunctionFinder(image).FindOffsets(
            static name => name.StartsWith("versioned", StringComparison.Ordinal), "versioned*");

        Assert.Equal(2, offsets.Length);
    }

    [Fact]
    public void Open_FileCutAnywhere_FailsWithItsPathOrNotAtAll()
    {
        for (int length = 0; length < _library.Length; length += 7)
        {
            AssertReadOrRefused(_library[..length]);
        }
    }

    [Fact]
    public void Open_AnyByteChanged_FailsWithItsPathOrNotAtAll()
    {
        for (int offset = 0; offset < _library.Length; offset += 3)
        {
            byte[] changed = [.. _library];
            changed[offset] ^= 0xFF;
            AssertReadOrRefused(changed);
        }
    }

    [Fact]
    public void Check_LibraryOfAnotherMachine_NamesBoth()
    {
        bool isArm = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
            == System.Runtime.InteropServices.Architecture.Arm64;
        using ElfImage image = Open(Fixtures.Read(isArm ? "live/libusdt.x86_64.so" : "live/libusdt.aarch64.so"));

        BpfFormatException e = Assert.Throws<BpfFormatException>(() => ElfMachine.Check(image));
        string machines = isArm ? "machine 62, expected 183" : "machine 183, expected 62";
        Assert.Contains(machines, e.Problem, StringComparison.Ordinal);
    }

    private void AssertReadOrRefused(byte[] bytes)
    {
        try
        {
            using ElfImage image = Open(bytes);
            _ = UsdtNotes.Read(image);
            _ = new ElfFunctionFinder(image).FindOffset("versioned@V_1");
        }
        catch (BpfFormatException e)
        {
            Assert.Equal(_copy, e.Input);
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains(_copy, e.Message, StringComparison.Ordinal);
        }
    }

    private ElfImage Open(byte[] bytes)
    {
        File.WriteAllBytes(_copy, bytes);
        return ElfImage.Open(_copy);
    }
}
