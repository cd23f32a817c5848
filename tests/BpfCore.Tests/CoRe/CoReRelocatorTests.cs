using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Records of .BTF.ext applied to functions.</summary>
public class CoReRelocatorTests
{
    private const string Section = "kprobe/a";
    private const string Text = ".text";

    private readonly BtfBuilder _local = new();
    private readonly BtfBuilder _target = new();
    private readonly CoReRecords _records;
    private readonly uint _thing;

    public CoReRelocatorTests()
    {
        _records = new CoReRecords(_local);
        uint local = _local.Int("int", 4);
        _thing = _local.Struct("thing", 8, ("a", local, 0), ("b", local, 32));
    }

    [Fact]
    public void Apply_RecordsOfSeveralFunctions_ReachEach()
    {
        TargetWithMovedFields();
        _records.Add(Section, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:1");
        _records.Add(Section, 3, CoReRelocationKind.FieldByteOffset, _thing, "0:0");
        CoReFunction first = Function("first", Section, 0, 4, 4);
        CoReFunction second = Function("second", Section, 2, 0, 0);

        Apply(second, first);

        Assert.Equal([20, 4], Immediates(first));
        Assert.Equal([0, 16], Immediates(second));
    }

    [Fact]
    public void Apply_RecordsOfFunctionsThatAreNotLoaded_AreLeftOut()
    {
        TargetWithMovedFields();
        _records.Add(Text, 0, (CoReRelocationKind)99, _thing, "0"); // would be refused
        _records.Add(Section, 5, (CoReRelocationKind)99, _thing, "0");
        _records.Add(Section, 6, CoReRelocationKind.FieldByteOffset, _thing, "0:0");
        CoReFunction function = Function("loaded", Section, 6, 0);

        Apply(function);

        Assert.Equal([16], Immediates(function));
    }

    [Fact]
    public void Apply_Records_NarrowCandidatesInTheirOwnOrder()
    {
        uint number = _target.Int("int", 4);
        _target.Struct("thing", 4, ("b", number, 0));
        _target.Struct("thing___other", 16, ("a", number, 32), ("b", number, 64));
        _records.Add(Text, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:0"); // only thing___other has a
        _records.Add(Section, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:1"); // ambiguous without that
        CoReFunction program = Function("program", Section, 0, 4);
        CoReFunction subprogram = Function("subprogram", Text, 0, 0);

        Apply(program, subprogram);

        Assert.Equal([8], Immediates(program));
    }

    [Fact]
    public void Apply_LongerRecords_AreRead()
    {
        TargetWithMovedFields();
        CoReRecords records = new CoReRecords(_local) { RecordSize = 24 }
            .Add(Section, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:0")
            .Add(Section, 1, CoReRelocationKind.FieldByteOffset, _thing, "0:1");
        CoReFunction function = Function("program", Section, 0, 0, 4);

        BtfFile types = Types(records, out BtfExtTable table);
        new CoReRelocator(types, new CoReTargets(_target.Build())).Apply(table, [function]);

        Assert.Equal([16, 20], Immediates(function));
    }

    [Fact]
    public void Apply_OffsetInsideAnInstruction_IsDamagedInput()
    {
        _records.AddAtByte(Section, 4, CoReRelocationKind.FieldByteOffset, _thing, "0:0");

        BpfFormatException failure = Assert.Throws<BpfFormatException>(() => Apply(Function("program", Section, 0, 0)));

        Assert.Contains("0x4", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_RelocationThatFails_NamesEverything()
    {
        TargetWithMovedFields();
        _records.Add(Section, 2, CoReRelocationKind.FieldByteOffset, _thing, "0:1");
        CoReFunction function = Function("program", Section, 1, 0, 7);

        BpfRelocationException failure = Assert.Throws<BpfRelocationException>(() => Apply(function));

        Assert.Equal(("program", 1), (failure.Program, failure.InstructionIndex));
        Assert.Contains("relocation 0 of section kprobe/a", failure.Message, StringComparison.Ordinal);
        Assert.Contains("byte_off of [2] struct thing.b (0:1 @ offset 4)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("holds 7, expected 4", failure.Message, StringComparison.Ordinal);
        Assert.Contains("candidates tried: [2] struct thing of target", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_PathThatCannotBeResolved_IsNamedByItsString()
    {
        _records.Add(Section, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:7");

        BpfRelocationException failure =
            Assert.Throws<BpfRelocationException>(() => Apply(Function("program", Section, 0, 0)));

        Assert.Contains("[2] struct thing (0:7)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("candidates tried: none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_Observer_SeesEachRelocation()
    {
        TargetWithMovedFields();
        _records.Add(Section, 0, CoReRelocationKind.FieldByteOffset, _thing, "0:1");
        _records.Add(Section, 1, CoReRelocationKind.TypeIdLocal, _thing, "0");
        _records.Add(Section, 2, CoReRelocationKind.FieldSigned, _local.Struct("absent", 4, ("x", 1, 0)), "0:0");
        RecordingObserver observer = new();

        Apply(observer, Function("program", Section, 0, 4, 1, 0));

        Assert.Equal(
            [
                new("program", 0, "byte_off", "struct thing.b (0:1 @ offset 4)",
                    "4 -> 20: [2] struct thing.b (0:1 @ offset 20) of target", 0x4_0000_00b7, 0x14_0000_00b7),
                new("program", 1, "local_type_id", "struct thing", "2 -> 2", 0x1_0000_00b7, 0x2_0000_00b7),
                new("program", 2, "signed", "struct absent.x (0:0 @ offset 0)",
                    "poisoned: the target does not have it", 0xb7, 0x0BAD_2310_0000_0085),
            ],
            observer.Steps);
    }

    [Fact]
    public void Apply_WithoutObserver_AllocatesNothingPerRelocation()
    {
        TargetWithMovedFields();
        for (int i = 0; i < 1000; i++)
        {
            _records.Add(Section, 0, CoReRelocationKind.FieldExists, _thing, "0:1");
        }

        CoReFunction function = Function("program", Section, 0, 1);
        CoReRelocator relocator = new(Types(_records, out BtfExtTable table), new CoReTargets(_target.Build()));
        relocator.Apply(table, [function]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        relocator.Apply(table, [function]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    // struct thing has its fields 16 bytes further in the target.
    private void TargetWithMovedFields()
    {
        uint number = _target.Int("int", 4);
        _target.Struct("thing", 24, ("a", number, 128), ("b", number, 160));
    }

    private void Apply(params CoReFunction[] functions) => Apply(null, functions);

    private void Apply(BpfObserver? observer, params CoReFunction[] functions)
    {
        BtfFile types = Types(_records, out BtfExtTable table);
        new CoReRelocator(types, new CoReTargets(_target.Build()), observer).Apply(table, functions);
    }

    private static BtfFile Types(CoReRecords records, out BtfExtTable table)
    {
        table = records.Build(out BtfFile types);
        return types;
    }

    // A function of moves, one for each number.
    private static CoReFunction Function(string name, string section, int first, params int[] numbers) =>
        new(name, section, first,
            Array.ConvertAll(numbers, number => new BpfInstruction(BpfOpcode.MoveImmediate, immediate: number)));

    private static int[] Immediates(CoReFunction function) =>
        Array.ConvertAll(function.Instructions.ToArray(), instruction => instruction.Immediate);

    private sealed class RecordingObserver : BpfObserver
    {
        public List<RelocationApplied> Steps { get; } = [];

        public override void OnRelocation(in RelocationApplied step) => Steps.Add(step);
    }
}
