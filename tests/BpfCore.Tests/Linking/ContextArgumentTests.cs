using System.Runtime.InteropServices;
using System.Text.Json;
using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Linking;

/// <summary>How kernels that do not know the tag <c>arg:ctx</c> are told of functions, compared with libbpf.</summary>
public sealed class ContextArgumentTests
{
    private readonly BpfObjectSpec _spec = Read("live/context_arguments.bpf.o");

    public static TheoryData<string> Objects =>
        [.. Answers().Select(answer => answer.GetProperty("object").GetString()!)];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Add_EachProgramOfAnObject_GivesWhatLibbpfTellsTheKernel(string name)
    {
        JsonElement expected = Answers().Single(answer => answer.GetProperty("object").GetString() == name);

        Assert.Equal(
            expected.GetProperty("programs").EnumerateArray().SelectMany(Functions),
            Functions(Read($"live/{name}")));
    }

    [Fact]
    public void Add_Twins_KeepNamesLinkageAndTags()
    {
        BtfFile types = Add(_spec).Types;

        BtfType[] added = [.. Types(types).Skip(_spec.Types!.TypeCount - 1)];
        Assert.All(
            added.Where(type => type.Kind == BtfKind.Function),
            twin => Assert.Equal(BtfLinkage.Global, twin.FunctionLinkage));
        Assert.Equal(
            [
                ("untyped", 0), ("numbers", 1), ("twice", 0), ("twice", 2), // for raw tracepoints
                ("untyped", 0), ("twice", 0), ("twice", 2), ("registers", 0), // for kprobes
            ],
            added.Where(type => type.Kind == BtfKind.DeclarationTag)
                .Select(tag => (tag.Target.Name, tag.TagComponentIndex)));
    }

    [Fact]
    public void AreIn_ObjectWithoutTags_SaysNo()
    {
        Assert.True(ContextArguments.AreIn(_spec.Types!));
        Assert.False(ContextArguments.AreIn(Read("live/events.bpf.o").Types!));
    }

    [Theory]
    [InlineData(ProgramType.Kprobe, "pt_regs", true)]
    [InlineData(ProgramType.Kprobe, "bpf_user_pt_regs_t", false)]
    [InlineData(ProgramType.Kprobe, "other", false)]
    [InlineData(ProgramType.Xdp, "xdp_md", false)]
    [InlineData(ProgramType.Xdp, "pt_regs", false)]
    [InlineData(ProgramType.PerfEvent, "user_regs_struct", false)]
    public void IsDeclaredOtherwise_PointerToAStructure_GoesByItsName(ProgramType program, string name, bool expected)
    {
        BpfCore.Tests.Btf.BtfBuilder builder = new();
        uint pointer = builder.Pointer(builder.Struct(name, 8));

        Assert.Equal(
            expected,
            ContextTypes.IsDeclaredOtherwise(
                program, ContextTypes.NameOf(program)!, builder.Read()[new BtfTypeId(pointer)]));
    }

    private static BpfObjectSpec Read(string path) => BpfObjectSpec.Read(Fixtures.Read(path), Path.GetFileName(path));

    private static JsonElement[] Answers() =>
    [
        .. File.ReadLines(Fixtures.PathOf("objects/arguments-expected.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static ContextArguments Add(BpfObjectSpec spec) =>
        ContextArguments.Add(spec.Types!, spec.Programs);

    private static IEnumerable<BtfType> Types(BtfFile file)
    {
        foreach (BtfType type in file.Types)
        {
            yield return type;
        }
    }

    private static IEnumerable<string> Functions(JsonElement program) =>
        program.GetProperty("functions").EnumerateArray().Select(function => Describe(
            program.GetProperty("name").GetString()!,
            function.GetProperty("insn").GetUInt32(),
            function.GetProperty("name").GetString()!,
            function.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)));

    private static IEnumerable<string> Functions(BpfObjectSpec spec)
    {
        ContextArguments arguments = Add(spec);
        ProgramLinker linker = new(spec, CoReTargets.None, observer: null);
        foreach (ProgramSpec program in spec.Programs.Where(static program => program.AutoLoad))
        {
            LinkedProgram linked = linker.Link(program);
            arguments.Apply(linked);
            uint[] words = MemoryMarshal.Cast<byte, uint>(linked.FunctionInfo.Bytes).ToArray();
            for (int index = 0; index < words.Length; index += linked.FunctionInfo.RecordSize / sizeof(uint))
            {
                BtfType function = arguments.Types[new BtfTypeId(words[index + 1])];
                yield return Describe(program.Name, words[index], function.Name, Arguments(function));
            }
        }
    }

    private static List<string> Arguments(BtfType function)
    {
        List<string> arguments = [];
        foreach (BtfParameter parameter in function.Target.Parameters)
        {
            arguments.Add(Chain(parameter.Type));
        }

        return arguments;
    }

    private static string Describe(string program, uint instruction, string name, IEnumerable<string> arguments) =>
        $"{program} {instruction}: {name}({string.Join(", ", arguments)})";

    private static string Chain(BtfType type)
    {
        string text = type.Kind switch
        {
            BtfKind.Int => "int",
            BtfKind.Pointer => "pointer",
            BtfKind.Struct => "struct",
            BtfKind.Forward => "forward",
            BtfKind.Typedef => "typedef",
            _ => "other",
        } + (type.IsAnonymous ? "" : $":{type.Name}");
        bool goesOn = type.Kind is BtfKind.Pointer or BtfKind.Typedef && !type.Target.Id.IsVoid;
        return goesOn ? $"{text} {Chain(type.Target)}" : text;
    }
}
