using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Diagnostics;
using BpfCore.Elf;
using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Typed;

namespace BpfCore.Tests.Hostile;

/// <summary>Looks at everything that an object offers, and links its programs against given types.</summary>
internal sealed class ObjectWalk(BtfFile target)
{
    /// <summary>Reads, looks and links; false when the object was refused as a whole.</summary>
    public bool Everything(ReadOnlyMemory<byte> image)
    {
        ElfFile? elf = null;
        if (!Refusal.IsNone(() => elf = ElfFile.Read(image, "hostile.o")))
        {
            return false;
        }

        Refusal.IsNone(() => ElfFormatter.Write(elf!, TextWriter.Null));
        if (elf!.FindSection(".BTF") is { } types)
        {
            Refusal.IsNone(() => BtfWalk.Everything(BtfFile.Read(types.View)));
        }

        BpfObjectSpec? spec = null;
        if (!Refusal.IsNone(() => spec = BpfObjectSpec.Read(image, "hostile.o", new Listener())))
        {
            return false;
        }

        Spec(spec!);
        Refusal.IsNone(() => _ = ObjectInterface.Read(spec!).Text);
        Link(spec!);
        return true;
    }

    /// <summary>Reads an object and links its programs against no kernel at all; gives the refusal, or null.</summary>
    public static BpfException? ReadAndLink(ReadOnlyMemory<byte> image)
    {
        try
        {
            BpfObjectSpec spec = BpfObjectSpec.Read(image, "hostile.o");
            ProgramLinker linker = new(spec, CoReTargets.None, observer: null);
            linker.Relocate(spec.Programs);
            foreach (ProgramSpec program in spec.Programs)
            {
                linker.Link(program);
            }

            return null;
        }
        catch (BpfException refusal) when (refusal is BpfFormatException or BpfRelocationException)
        {
            return refusal;
        }
    }

    private static void Spec(BpfObjectSpec spec)
    {
        foreach (ProgramSpec program in spec.Programs)
        {
            _ = program.ToString() + program.Target + program.Type + program.ExpectedAttachType + program.Flags;
            foreach (BpfInstruction instruction in program.Instructions)
            {
                _ = instruction.ToString();
            }
        }

        foreach (MapSpec map in spec.Maps)
        {
            _ = $"{map} {map.KernelName} {map.Type} {map.KeySize} {map.ValueSize} {map.Contents?.Length}";
        }

        foreach (VariableSpec variable in spec.Variables)
        {
            _ = $"{variable} {variable.Bytes.Length}";
        }

        foreach (BtfExtTable? table in new[] { spec.TypeExtensions?.FunctionInfo, spec.TypeExtensions?.LineInfo })
        {
            foreach (BtfExtSection section in table?.Sections ?? [])
            {
                for (int index = 0; index < section.Count; index++)
                {
                    _ = section.InstructionOffset(index) + section[index].Length;
                }
            }
        }
    }

    // All together, as a loader does. When that is refused, each on its own, so that no refusal hides another one.
    private void Link(BpfObjectSpec spec)
    {
        ProgramLinker together = Linker(spec);
        bool isRelocated = Refusal.IsNoneInLinking(() => together.Relocate(spec.Programs));
        foreach (ProgramSpec program in spec.Programs)
        {
            Refusal.IsNoneInLinking(() =>
            {
                LinkedProgram linked = (isRelocated ? together : Linker(spec)).Link(program);
                _ = linked.Instructions.Length + linked.FunctionInfo.Count + linked.LineInfo.Count;
            });
        }
    }

    private ProgramLinker Linker(BpfObjectSpec spec) => new(spec, new CoReTargets(target), new Listener());

    /// <summary>Takes every report, so that its text is built.</summary>
    private sealed class Listener : BpfObserver
    {
        public override void OnRelocation(in RelocationApplied step) => _ = step.ToString();
    }
}
