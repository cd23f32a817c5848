namespace BpfCore.Specs;

/// <summary>What an external symbol of an object stands for.</summary>
public enum ExternKind
{
    /// <summary>A value of the kernel's configuration (<c>__kconfig</c>, section <c>.kconfig</c>).</summary>
    Configuration,

    /// <summary>A variable of the kernel, found by its type (<c>__ksym</c>, section <c>.ksyms</c>).</summary>
    KernelVariable,

    /// <summary>A symbol of the kernel declared <c>void</c>: its address alone (<c>__ksym</c>).</summary>
    KernelSymbol,

    /// <summary>A function of the kernel, a kfunc (<c>__ksym</c>).</summary>
    KernelFunction,
}
