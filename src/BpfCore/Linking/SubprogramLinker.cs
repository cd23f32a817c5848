using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Appends the subprograms that a program calls, directly or not, and points its calls at them, in the order in which
/// libbpf does (<c>bpf_object__reloc_code</c>): depth first, each subprogram once.
/// </summary>
internal sealed class SubprogramLinker
{
    // BPF_MAX_SUBPROGS of the verifier. It also bounds the recursion over calls.
    private const int MaximumFunctions = 256;

    private readonly BpfObjectSpec _object;
    private readonly ProgramSpec _program;
    private readonly RelocatedFunctions _functions;
    private readonly BpfObserver? _observer;
    private readonly Dictionary<ProgramSpec, int> _positions = [];
    private readonly List<BpfInstruction> _code = [];

    public SubprogramLinker(
        BpfObjectSpec spec, ProgramSpec program, RelocatedFunctions functions, BpfObserver? observer)
    {
        _object = spec;
        _program = program;
        _functions = functions;
        _observer = observer;
        FunctionInfo = new LinkedRecords(spec.TypeExtensions?.FunctionInfo);
        LineInfo = new LinkedRecords(spec.TypeExtensions?.LineInfo);
    }

    /// <summary>The functions of the program with the position of their first instruction.</summary>
    public IReadOnlyDictionary<ProgramSpec, int> Positions => _positions;

    public LinkedRecords FunctionInfo { get; }

    public LinkedRecords LineInfo { get; }

    /// <summary>Links the program and returns its instructions.</summary>
    /// <param name="exceptionCallback">A function that belongs to it without being called, or null.</param>
    public List<BpfInstruction> Link(ProgramSpec? exceptionCallback)
    {
        Append(_program);
        if (exceptionCallback is not null && !_positions.ContainsKey(exceptionCallback))
        {
            Append(exceptionCallback);
        }

        return _code;
    }

    private void Append(ProgramSpec function)
    {
        int position = _code.Count;
        _positions.Add(function, position);
        _code.AddRange(_functions[function]);
        FunctionInfo.Append(function, position);
        LineInfo.Append(function, position);
        if (!ReferenceEquals(function, _program))
        {
            _observer?.OnSubprogram(new SubprogramLinked(
                _program.Name, function.Name, position, function.Instructions.Length));
        }

        LinkCalls(function, position);
    }

    private void LinkCalls(ProgramSpec function, int position)
    {
        for (int index = 0; index < function.Instructions.Length; index++)
        {
            function.Relocations.TryGetValue(index, out ProgramRelocation? relocation);
            BpfInstruction instruction = _code[position + index];
            if (relocation?.Kind == ProgramRelocationKind.FunctionAddress)
            {
                // The compiler leaves it to the relocation to say that the address is a function's.
                instruction = instruction.WithPseudoSource(PseudoSource.Function);
            }

            bool isLink = instruction.IsSubprogramCall || instruction.IsFunctionAddress;
            if (isLink && relocation?.Kind != ProgramRelocationKind.ExternalCall)
            {
                LinkCall(function, position, index, instruction, relocation);
            }
        }
    }

    private void LinkCall(
        ProgramSpec function, int position, int index, BpfInstruction instruction, ProgramRelocation? relocation)
    {
        int target = Target(function, index, instruction, relocation);
        ProgramSpec callee = _object.FindFunction(_object.TextSectionIndex, target)
            ?? throw new BpfRelocationException(
                function.Name, index, $"calls instruction {target} of .text, where no function is");
        if (!_positions.TryGetValue(callee, out int calleePosition))
        {
            if (_positions.Count == MaximumFunctions)
            {
                throw new BpfRelocationException(
                    function.Name, index,
                    $"calls {callee.Name}, but program {_program.Name} has {MaximumFunctions} functions already, "
                    + "the kernel's limit");
            }

            Append(callee);
            calleePosition = _positions[callee];
        }

        BpfInstruction before = _code[position + index];
        BpfInstruction linked = instruction.WithImmediate(calleePosition - (position + index) - 1);
        _code[position + index] = linked;
        _observer?.OnRelocation(new RelocationApplied(
            function.Name, index, "call", callee.Name, $"subprogram at instruction {calleePosition}",
            before.ToUInt64(), linked.ToUInt64()));
    }

    /// <summary>Index in <c>.text</c> of the instruction that is called.</summary>
    private static int Target(
        ProgramSpec function, int index, BpfInstruction instruction, ProgramRelocation? relocation)
    {
        long target = relocation?.Kind switch
        {
            // Global functions: the symbol's place, immediate -1. Static ones: symbol 0, the place in the immediate.
            ProgramRelocationKind.Call =>
                (long)(relocation.SymbolOffset / BpfInstruction.SizeInBytes) + instruction.Immediate + 1,
            ProgramRelocationKind.FunctionAddress =>
                ((long)relocation.SymbolOffset + instruction.Immediate) / BpfInstruction.SizeInBytes,
            null when instruction.IsSubprogramCall =>
                (long)function.SectionInstruction + index + instruction.Immediate + 1,
            null => throw new BpfRelocationException(
                function.Name, index, "takes the address of a function without a relocation that names it"),
            _ => throw new BpfRelocationException(
                function.Name, index, $"a call relocated as {relocation.Kind} ({relocation.Symbol})"),
        };
        return target is >= 0 and <= int.MaxValue
            ? (int)target
            : throw new BpfRelocationException(function.Name, index, $"calls instruction {target} of .text");
    }
}
